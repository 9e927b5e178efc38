import { texts } from './language.ts'

/**
 * What the contract's own checks say, by their codes: a schema's `error` is a code in kebab-case, and its words stand
 * here. Zod's built-in messages are Russian or English by themselves.
 */
export const fieldTexts = texts<Record<string, string>>({
  ru: {
    required: 'Заполните поле',
    'password-short': 'Нужно хотя бы 10 знаков',
    'password-simple': 'Слишком простой: добавьте разных знаков',
    'password-wrong': 'Это не ваш пароль',
    'email-taken': 'Этот адрес уже занят',
    'code-shape': 'Шесть цифр или код восстановления',
    'wrong-credentials': 'Нет такой почты с таким паролем.',
    'wrong-code': 'Код не подошёл. Дождитесь следующего.',
    'link-over': 'Ссылка больше не действует.',
    'last-operator': 'Это последний Оператор: сначала пригласите другого.',
    'not-invited': 'Эта учётная запись уже работает или отключена.',
    'second-factor-stays': 'Вашей роли нужен второй шаг входа.',
    'second-factor-needed': 'Сначала подключите второй шаг входа.',
    'no-password': 'У этой учётной записи нет пароля здесь.',
    'not an e-mail address': 'Это не похоже на адрес электронной почты',
    'too-short': 'Слишком коротко',
    'too-long': 'Слишком длинно',
    'hidden-characters': 'Есть невидимые знаки: впишите текст заново',
    'mail-on-its-way': 'Письмо как раз отправляется',
    'mail-forgotten': 'Письмо несло одноразовую ссылку, и её больше нет: сделайте новую',
    'moved-on': 'Это уже решено или изменено другим',
  },
  en: {
    required: 'Fill in this field',
    'password-short': 'At least 10 characters',
    'password-simple': 'Too simple: use more different characters',
    'password-wrong': 'This is not your password',
    'email-taken': 'This address is taken',
    'code-shape': 'Six digits, or a recovery code',
    'wrong-credentials': 'There is no such e-mail with this password.',
    'wrong-code': 'That code did not fit. Wait for the next one.',
    'link-over': 'The link no longer works.',
    'last-operator': 'This is the last Operator: invite another one first.',
    'not-invited': 'This account works already, or is disabled.',
    'second-factor-stays': 'Your role needs the second step.',
    'second-factor-needed': 'Add the second step of signing in first.',
    'no-password': 'This account has no password here.',
    'not an e-mail address': 'This does not look like an e-mail address',
    'too-short': 'Too short',
    'too-long': 'Too long',
    'hidden-characters': 'There are invisible characters: type it anew',
    'mail-on-its-way': 'The mail is being sent just now',
    'mail-forgotten': 'The mail carried a link for one use, which is gone: make a new one',
    'moved-on': 'Somebody has decided or changed this already',
  },
})
