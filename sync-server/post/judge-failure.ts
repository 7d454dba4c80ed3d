/** How far a try to send a mail had come when it failed. */
export type Stage = 'connection' | 'login' | 'sender' | 'recipient' | 'message'

/** What a server said, or did not say. `code` is null where it said nothing. */
export class SmtpFailure extends Error {
  readonly stage: Stage
  readonly code: number | null
  /** The mail was on its way whole, and no answer came: it may have been taken. */
  readonly mayBeTaken: boolean
  /** Whether the mail itself had been spoken of. */
  readonly hadBegun: boolean
  constructor(message: string, about: { stage: Stage; code: number | null; mayBeTaken: boolean; hadBegun: boolean }) {
    super(message)
    this.name = 'SmtpFailure'
    this.stage = about.stage
    this.code = about.code
    this.mayBeTaken = about.mayBeTaken
    this.hadBegun = about.hadBegun
  }
}

export type Judgement = {
  /** `waiting`: it was not the mail's fault and it goes on at once elsewhere; `again`: after a pause; `park`: no more. */
  mail: 'waiting' | 'again' | 'park'
  /** `down`: it rests a while; `out`: it is retired at once; `failed`: it counts towards being retired. */
  station: 'well' | 'failed' | 'down' | 'out'
  /** Whether the mail has to be counted as gone out. */
  used: boolean
}

/** What a failure says about the mail and about the station, by RFC 5321, 4.2.1: 4yz is for a while, 5yz for good. */
export function judgeFailure({ stage, code, mayBeTaken, hadBegun, message }: SmtpFailure): Judgement {
  if (mayBeTaken) return { mail: 'again', station: 'down', used: true }
  const unused = { used: false } as const
  if (code === null || code === 421) return { mail: hadBegun ? 'again' : 'waiting', station: 'down', ...unused }
  const isForGood = code >= 500
  if (isForGood && isQuota(message)) return { mail: 'waiting', station: 'out', ...unused }
  switch (stage) {
    case 'connection':
      return { mail: 'waiting', station: 'down', ...unused }
    case 'login':
      return { mail: 'waiting', station: isForGood ? 'out' : 'down', ...unused }
    case 'sender':
      if (code === 552) return { mail: 'park', station: 'well', ...unused }
      return isForGood
        ? { mail: 'waiting', station: 'down', ...unused }
        : { mail: 'again', station: 'failed', ...unused }
    case 'recipient':
    case 'message':
      return isForGood ? { mail: 'park', station: 'well', ...unused } : { mail: 'again', station: 'failed', ...unused }
  }
}

/** Large providers say so when an account has sent its day's worth, to whomever the mail was. */
const isQuota = (message: string) =>
  /\b5\.4\.5\b|(?:daily|sending) (?:user )?(?:sending )?(?:quota|limit)/i.test(message)
