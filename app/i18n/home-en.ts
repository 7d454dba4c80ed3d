import type { HomeWords } from './home-words.ts'

/** English of the next step, of being ready for no signal, and of the number on screen. */
export const homeEn: HomeWords = {
  next: 'Next',
  steps: {
    prepare: ['Get ready for places with no signal', 'Before you leave, see whether this phone has all it needs.'],
    receive: ['Show your number at the reception', 'Number and QR fill the screen.'],
    wait: ['Wait for the start', ''],
    start: ['Record your start', 'Check in at the start; it works with no signal.'],
    visit: ['Visit the checkpoints', 'Check in when you are there; it works with no signal.'],
    return: ['Time to turn back', ''],
    finish: ['Hurry to the finish', 'Record your finish as soon as you are there.'],
    report: ['Show yourselves at headquarters', 'They wait until everyone is known to be back.'],
    'await-review': ['Waiting for the judges', ''],
  },
  startsAt: (time) => `The start is at ${time}.`,
  left: (minutes) => `${minutes} min left. Record your finish at the goal.`,
  pending: (n) => `${n} still to be judged. You will see it here.`,
  acts: {
    prepare: 'See what is missing',
    receive: 'Show number and QR',
    start: 'Record the start',
    visit: 'See the nearest checkpoints',
    return: 'Record the finish',
    finish: 'Record the finish',
  },

  ready: {
    title: 'Ready to go offline',
    done: 'Ready for no signal',
    doneText: 'Records, photos and points stay on this phone without a network.',
    notYet: 'Not ready yet',
    notYetText: 'While there is a network, complete what is below.',
    check: 'Check again',
    checking: 'Checking',
    states: { done: 'Done', ask: 'Not asked', waiting: 'Under way', refused: 'Not possible', unknown: 'Not known' },
    items: {
      app: 'App on this phone',
      copy: 'Data of event and team',
      clock: 'Clock compared',
      storage: 'Records protected',
      position: 'Position',
      camera: 'Camera',
    },
    texts: {
      app: 'The app opens without a network.',
      copy: 'Checkpoints, notices and points are on this phone.',
      clock: 'Your times agree with the server’s.',
      storage: 'The browser keeps the records when space runs out.',
      position: 'Shows that you were at the checkpoint.',
      camera: 'For the photos at checkpoints.',
    },
    helps: {
      app: 'This browser cannot keep the app. Open it by its https address, not in a private window.',
      copy: 'Keep it open for a moment where there is a network.',
      clock: 'Done as soon as the server answers.',
      storage: 'Little space is left. Delete photos or videos that you do not need.',
      position: 'Allow position for this site in the phone’s settings.',
      camera: 'Allow the camera for this site in the phone’s settings.',
    },
    ask: 'Allow',
    asks: { storage: 'Protect', position: 'Allow position', camera: 'Allow camera' },
    notKept: 'The browser gave no promise. Adding the app to the home screen helps.',
  },

  number: {
    title: 'Bib',
    text: 'Show it to staff at the reception and at checkpoints.',
    qr: (team) => `QR code of bib ${team}`,
    none: 'The QR has not arrived yet. The number alone will do.',
  },
}
