import type { ScannerKind } from '../../../preload/setup-api.ts'
import type { Advice, SetupWords } from './setup-words.ts'

const seconds = (ms: number): string => (ms / 1000).toLocaleString('en-GB', { maximumFractionDigits: 1 })

const lostEn: Readonly<Record<ScannerKind, string>> = {
  wedge:
    'The scanner types faster than the computer takes. Raise its delay between characters, or use its serial mode.',
  serial: 'Part of the code was lost on the way. Look at the cable and the speed, in the scanner and at “Readers”.',
  hid: 'The scanner sent a part of the code. Connect it without a hub, or use its serial mode.',
}

const noTextEn: Readonly<Record<ScannerKind, Advice>> = {
  wedge: {
    heading: 'The scanner does not send text',
    detail: 'It looks like ALT codes or control characters. Set it to a plain US keyboard, without ALT.',
  },
  serial: {
    heading: 'The scanner on this port does not send text',
    detail:
      'The speed or the parity is likely wrong. Choose the scanner’s speed at “Readers”, and set the scanner to 8 bits without parity (8N1).',
  },
  hid: {
    heading: 'The scanner does not send text',
    detail: 'Switch its data editing off, or set it to a US keyboard.',
  },
}

export const setupEn: SetupWords = {
  title: 'Set-up',
  steps: {
    enrol: 'Enrolment',
    language: 'Language',
    mode: 'Mode',
    readers: 'Readers',
    calibration: 'Scanner check',
    pin: 'Protection',
    done: 'Done',
  },
  back: 'Back',
  next: 'Next',
  skip: 'Skip',
  cancel: 'Leave without saving',
  later: 'Set up later',
  enrol: {
    heading: 'Connect this terminal',
    detail: 'Enter the code from the Participant’s account, or show its QR code to any reader: scanner or camera.',
    code: 'Enrolment code',
    entered: (count) => `Characters entered: ${count} of 12`,
    letter: (letter) => `Character ${letter}`,
    erase: 'Erase',
    connect: 'Connect',
    server: 'Address of the server',
    mistyped: 'The code is mistyped: compare it character by character',
    noServer: 'Enter the address of the server; it stands beside the code',
    enrolling: (server) => `Connecting to ${server}…`,
    troubles: {
      refused: {
        heading: 'The code was not accepted',
        detail: 'It is good once, and for 24 hours. Get a new one in the account.',
      },
      'too-often': { heading: 'Too many tries', detail: 'Wait ten minutes, then enter the code again.' },
      unreachable: {
        heading: 'The server does not answer',
        detail: 'Look at the network and the address. The terminal goes on trying.',
      },
      'other-root': {
        heading: 'This is not our server',
        detail: 'Its signature is not what it must be. Do not go on; call the Operator.',
      },
    },
    compare: {
      heading: 'Compare this fingerprint with the one in the account',
      detail: 'If a single character differs, the terminal is talking to another server.',
    },
    same: 'They are the same',
    different: 'They differ',
    pending: (fingerprint) => ({
      heading: 'Waiting for the Operator’s approval',
      detail: `Fingerprint of this terminal’s key: ${fingerprint}. You may go on with set-up.`,
    }),
    working: (place) => ({ heading: 'The terminal is connected', detail: place }),
    enrolled: (place) => ({ heading: 'The code is good, getting access…', detail: place }),
    asBefore: (place) => ({ heading: 'Connected as before; checking that it still holds…', detail: place }),
    unknown: { heading: 'The server does not know this terminal', detail: 'Get a new code in the account.' },
    revoked: { heading: 'The Operator has struck this terminal off', detail: 'To connect it again, get a new code.' },
    again: 'Enter another code',
  },
  language: { heading: 'Language of the terminal', detail: 'Visitors can change it on the screen.' },
  mode: {
    heading: 'Where does the terminal stand?',
    names: { 'self-service': 'Self-service', turnstile: 'Turnstile', desk: 'Security desk' },
    details: {
      'self-service': 'Visitors show their code themselves and see what to do',
      turnstile: 'Only the answer, to be seen from the side and in passing',
      desk: 'An employee sees the answer and decides',
    },
    fixed: {
      rules: 'The Participant’s rules set the mode; it cannot be changed here.',
      environment: 'The mode was set when the terminal was installed; it cannot be changed here.',
    },
  },
  readers: {
    heading: 'What reads the codes?',
    detail: 'All work at once. Show any code to each: the time appears beside it.',
    names: { wedge: 'Keyboard scanner', serial: 'Serial scanner', camera: 'Camera', hid: 'USB scanner (HID POS)' },
    keyboard: 'To the terminal it is a keyboard: only a read code shows that it is connected.',
    serialNone: 'No ports. Connect the scanner and it appears.',
    serialByItself: (make) => `${make}, always read`,
    serialChosen: 'Read this port',
    serialSpeed: 'Speed, bits a second',
    cameraAny: 'Any',
    cameraOff: 'Do not use',
    cameraUnnamed: (number) => `Camera ${number}`,
    cameraNone: 'No camera yet.',
    cameraGone: 'not connected now',
    neverRead: 'has not read yet',
    readAt: (time) => `read at ${time}`,
    gone: 'disconnected',
  },
  calibration: {
    heading: 'Let us check the scanner',
    detail: 'Scan this code, from the screen or from the printed sheet.',
    codes: { alphabet: 'All characters', case: 'Letters and spaces', length: 'Speed' },
    codeRead: 'read',
    codePicture: (name) => `QR code “${name}”`,
    waiting: {
      heading: 'Waiting for the first code',
      detail:
        'It beeps, but nothing comes? Then it is neither a keyboard nor a serial port: look for one of these modes in its manual.',
    },
    goOn: 'So far, so good. Scan the next code',
    anew: 'Check again',
    layouts: {
      german: 'German',
      swiss: 'Swiss',
      french: 'French',
      belgian: 'Belgian',
      'italian-spanish': 'Italian or Spanish',
      portuguese: 'Portuguese',
    },
    findings: {
      'all-well': ({ passMs }) => ({
        heading: 'All is well',
        ...(passMs === undefined
          ? { detail: 'The scanner reads passes without a mistake.' }
          : { detail: `The scanner reads passes without a mistake, one in ${seconds(passMs)} s.` }),
      }),
      'lower-case': () => ({
        heading: 'The scanner types small letters',
        detail: 'Switch its case conversion off: “Case: as is”.',
      }),
      'case-inverted': () => ({
        heading: 'The scanner swaps small letters and capitals',
        detail: 'Switch off the scanner’s Caps Lock mode, and Caps Lock on the keyboard.',
      }),
      layout: ({ layout, confused }) =>
        layout === 'unknown'
          ? {
              heading: 'The scanner is set to a foreign keyboard',
              detail: `Set it to the US keyboard. These came wrong: ${confused.join(' ')}`,
            }
          : {
              heading: `The scanner is set to a ${setupEn.calibration.layouts[layout]} keyboard`,
              detail: 'Set it to the US keyboard. The computer’s own layout does not matter.',
            },
      prefix: ({ text, learnt }) =>
        learnt
          ? {
              heading: `The scanner puts “${text}” before each code`,
              detail: 'The terminal knows it now and takes it off.',
            }
          : {
              heading: `The scanner puts “${text}” before each code`,
              detail: 'Switch the prefix off, or put the rest right and scan the code again.',
            },
      suffix: ({ text }) => ({
        heading: `The scanner puts “${text}” after each code`,
        detail: 'Switch this suffix off. Enter and Tab may stay.',
      }),
      spaces: ({ how }) => ({
        heading: how === 'removed' ? 'The scanner loses spaces' : 'The scanner trims spaces',
        detail: 'Every space of a pass counts. Switch the scanner’s data editing off.',
      }),
      'characters-dropped': ({ lost }, reader) => ({ heading: `Characters lost: ${lost}`, detail: lostEn[reader] }),
      slow: ({ msPerCharacter, passMs }) => ({
        heading: `The scanner is slow: ${seconds(passMs)} s a pass`,
        detail: `${msPerCharacter} ms a character. Use its serial mode (USB COM) or its fast keyboard mode (Fast HID).`,
      }),
      'no-text': (_, reader) => noTextEn[reader],
      'not-the-sheet': (_, reader) => ({
        heading: 'That code is not from the check sheet',
        detail:
          reader === 'wedge'
            ? 'Scan the code on the screen. If you did, look at the scanner’s keyboard layout and data editing.'
            : 'Scan the code on the screen. If you did, look at the scanner’s data editing.',
      }),
    },
  },
  pin: {
    heading: 'PIN for set-up',
    detail:
      'Without a PIN anybody can open set-up. To open it: Ctrl+Alt+S, or hold the upper left corner for 3 seconds.',
    hasOne: 'There is a PIN. Enter a new one or keep it.',
    keep: 'Keep it',
    remove: 'Remove the PIN',
    first: 'New PIN: 4–8 digits',
    again: 'Enter it once more',
    taken: 'The PIN is taken',
    differs: 'They differ. Enter the PIN anew',
    scanned: 'The scanner read a code. Enter the PIN anew',
    entered: (count) => `Digits entered: ${count}`,
    digit: (digit) => `Digit ${digit}`,
    erase: 'Erase',
    contact: 'Whom to call when the terminal is out of order',
    contactHint: 'Name and telephone',
  },
  done: {
    heading: 'Look it over and save',
    save: 'Save and start',
    notKept: {
      'not-saved': 'It could not be written to disk. Make room and try again.',
      refused:
        'The terminal did not take the settings. Look the steps over; if that does not help, leave and begin anew.',
    },
    place: 'Place',
    placePending: (place) => `${place} (waits for the Operator’s approval)`,
    placeNone: 'not connected',
    language: 'Language',
    mode: 'Mode',
    camera: 'Camera',
    serial: 'Serial ports',
    serialFound: 'scanners found',
    calibration: 'Scanner',
    calibrated: 'checked',
    faulty: 'see the findings',
    notCalibrated: 'not checked',
    prefix: (prefix) => `the prefix “${prefix}” is taken off`,
    pin: 'PIN',
    pinSet: 'set',
    pinNone: 'none',
    contact: 'Whom to call',
    contactNone: 'not given',
  },
  ask: {
    heading: 'Enter the PIN',
    detail: 'Set-up of this terminal is for the staff.',
    wrong: (left) => `The PIN was not right. Tries left: ${left}`,
    paused: 'Too many tries. Wait',
    pauseLeft: (left) => `${left} s`,
    enter: 'Open',
  },
}
