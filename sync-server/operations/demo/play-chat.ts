import type { DemoPhone } from './demo-phone.ts'

const minute = 60_000
const asking = '103'
const waiting = '105'

/** A team asks and is answered, another still waits. Answers how many records were refused. */
export async function playChat(
  teams: Record<typeof asking | typeof waiting, DemoPhone>,
  core: DemoPhone,
  startsAt: number,
): Promise<number> {
  const at = (minutes: number) => startsAt + minutes * minute
  const say = (phone: DemoPhone, minutes: number, team: string, text: string) =>
    phone.record('chat', at(minutes), { team, kind: 'text', text })
  const question = say(teams[asking], 60, asking, '水神の祠の前が工事中です。横の道から入ってもいいですか？')
  core.record('read', at(63), { team: asking, messages: [question._id] })
  core.record('handling', at(63), { team: asking, step: 'assign', to: core.session.account })
  const answer = core.record('chat', at(64), {
    team: asking,
    kind: 'answer',
    replyTo: question._id,
    text: 'はい、横の道から入ってください。足元に気をつけて。',
  })
  teams[asking].record('read', at(66), { team: asking, messages: [answer._id] })
  say(teams[asking], 67, asking, 'ありがとうございます！')
  say(teams[waiting], 90, waiting, '1人が疲れて歩きます。制限時間に遅れたら何点引かれますか？')
  return (await teams[asking].deliver()) + (await teams[waiting].deliver()) + (await core.deliver())
}
