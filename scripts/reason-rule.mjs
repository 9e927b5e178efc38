/** ESLint rule: whoever switches a rule off says why, after ` -- `. */
export const reasonRule = {
  meta: { type: 'problem', schema: [], messages: { missing: 'say why after " -- "' } },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const isDirective = /^\s*eslint-disable(-next-line|-line)?\b/.test(comment.value)
          if (isDirective && !/\s--\s+\S/.test(comment.value)) {
            context.report({ loc: comment.loc, messageId: 'missing' })
          }
        }
      },
    }
  },
}
