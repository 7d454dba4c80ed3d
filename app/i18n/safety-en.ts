import type { safetyJa } from './safety-ja.ts'

/** Calling for help and retiring, in English. */
export const safetyEn: typeof safetyJa = {
  help: 'Call for help',
  helpTitle: 'Ask headquarters for help',
  helpText: 'Headquarters gets the time and your place. If a life is in danger, call 119 first.',
  what: 'What has happened? (optional)',
  send: 'Ask for help',
  sent: 'You have asked for help',
  notYet:
    'There is no signal, so headquarters does not know yet. It is sent as soon as there is one. Phone them if you can.',
  place: (meters: string) => `Your place is known (± ${meters}\u00a0m)`,
  noPlace: 'Your place is not known yet. Go where you see the sky.',
  call: (phone) => `Call headquarters ${phone}`,
  over: 'We are fine again',
  overReason: 'The team says that it is fine again',
  overDone: 'Headquarters is told',

  retire: 'Retire',
  retireTitle: 'Retire from the event',
  retireText: 'The team leaves the ranking. When you are safely back, show yourselves at headquarters.',
  reason: 'Reason',
  reasons: ['Injury or illness', 'Not enough time', 'Weather'],
  other: 'Another reason',
  needReason: 'Choose or enter a reason.',
  retireNow: 'Retire',
  retired: 'Recorded: the team has retired',
  cancel: 'Cancel',
}
