import type { Words } from './words.ts'

export const en: Words = {
  idle: {
    heading: 'Show your code',
    steps: (reader) => [
      'Open the code on your phone or take out the printed one',
      reader === 'camera' ? 'Hold it a hand’s width from the camera' : 'Hold it a hand’s width from the scanner',
      'No code? Scan the poster next to you',
    ],
  },
  starting: { heading: 'Starting up', detail: 'This takes a few seconds' },
  reading: { heading: 'Reading…', detail: 'Hold the code still' },
  checking: { heading: 'Checking…', detail: 'One moment' },
  granted: { heading: 'Please go ahead', detail: 'Your visit is recorded' },
  restricted: { heading: 'Entry not permitted', detail: 'For details see your account on the portal or call 122' },
  invalid: { heading: 'Code not valid', detail: 'Get a new code on the portal or ask the staff' },
  wrongVenue: { heading: 'Code for another place', detail: 'Scan the poster at this entrance to get a new code' },
  wait: { heading: 'Please wait for staff', detail: 'Someone will come and help you' },
  expired: {
    heading: 'Refresh your code',
    detail: 'Open the code again and show it once more. If it is printed, ask the staff',
  },
  unreadable: { heading: 'Code not recognised', detail: 'Turn up the brightness and show the whole code' },
  fault: { heading: 'Out of order', detail: 'Please ask the staff, they will help you in' },
  forStaff: 'For staff',
  remedy: {
    'not-set-up':
      'This terminal is not connected to the system. Set it up as the Participant’s cabinet shows, or call the Operator’s support.',
    'self-test':
      'The start-up check failed, so this terminal admits nobody. Restart it. If that does not help, call the Operator’s support.',
    internal:
      'Internal error: note visits by hand for now. Restart the terminal. If that does not help, call the Operator’s support.',
  },
  supportCode: (code) => `Code for support: ${code}`,
  offline: (time) => `Offline, data from ${time}`,
  reference: (reference) => `No. ${reference}`,
  notRecording: 'Visits are not being recorded. Tell the staff',
  unrecorded: (count) => `Visits not recorded: ${String(count)}`,
  linkUp: 'Connected',
  linkDown: (since) => (since === undefined ? 'No connection' : `No connection since ${since}`),
  linkRefused: 'The server does not know this terminal',
  reader: { wedge: 'Scanner', serial: 'Serial scanner', camera: 'Camera' },
  readerGone: { wedge: 'Scanner disconnected', serial: 'Serial scanner disconnected', camera: 'Camera disconnected' },
  waiting: (count) => `Waiting to be sent: ${String(count)}`,
  listOld: (from) => `List from ${from}`,
  listMissing: 'List not loaded',
  product: 'Dopusk',
  languages: 'Language',
}
