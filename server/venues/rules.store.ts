import { DecisionRules, DEFAULT_RULES } from '../../contract/decide/decide.ts'
import type { Sql } from '../db/pool.ts'

export interface Rules {
  readonly rules: DecisionRules
  /** as the configuration of every device counts it */
  readonly version: number
}

/** What is not set is the contract's default, so that a rule added later has a value at once. */
export async function loadRules(db: Sql): Promise<Rules> {
  const row = await db.selectFrom('decision_rules').select(['rules', 'version']).executeTakeFirst()
  if (!row) return { rules: DEFAULT_RULES, version: 0 }
  const set = DecisionRules.unwrap().partial().parse(row.rules)
  return { rules: DecisionRules.parse({ ...DEFAULT_RULES, ...set }), version: Number(row.version) }
}

/** Seconds; on top of what was set before. @returns all rules as they are now */
export async function setRules(db: Sql, changed: Partial<DecisionRules>): Promise<DecisionRules> {
  const rules = DecisionRules.parse({ ...(await loadRules(db)).rules, ...changed })
  const row = { rules: JSON.stringify(rules) }
  await db
    .insertInto('decision_rules')
    .values(row)
    .onConflict((conflict) => conflict.column('one_row').doUpdateSet(row))
    .execute()
  return rules
}
