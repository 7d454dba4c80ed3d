/** What the mail with a passcode says, in each language; a further language is a further key. */
export const passcodeWords = {
  ja: {
    subject: (event: string) => `【${event}】サインイン用のパスコード`,
    lead: (event: string, number: string) =>
      `「${event}」の参加者アプリにサインインするためのパスコードです（受付番号 ${number}）。`,
    passcode: 'パスコード',
    until: (time: string) => `${time} まで、1回だけ使えます。`,
    foot: 'このパスコードを他の人に教えないでください。主催者がお尋ねすることはありません。お心あたりのない場合は、このメールを破棄してください。',
  },
  en: {
    subject: (event: string) => `${event}: passcode to sign in`,
    lead: (event: string, number: string) =>
      `Here is the passcode for the participants’ app of ${event} (receipt number ${number}).`,
    passcode: 'Passcode',
    until: (time: string) => `It works once, until ${time}.`,
    foot: 'Tell it to nobody; the organizers never ask for it. If you did not ask for it, please delete this mail.',
  },
}
