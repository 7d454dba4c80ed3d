export type Wifi = {
  ssid: string
  /** Empty for a network that is open to everyone. */
  password: string
  hidden: boolean
}

/** What a QR says so that a phone joins a network: https://github.com/zxing/zxing/wiki/Barcode-Contents#wi-fi-network-config-android-ios-11 */
export function wifiText({ ssid, password, hidden }: Wifi): string {
  const key = password === '' ? 'T:nopass' : 'T:WPA'
  const secret = password === '' ? '' : `P:${escaped(password)};`
  return `WIFI:${key};S:${escaped(ssid)};${secret}${hidden ? 'H:true;' : ''};`
}

const escaped = (text: string) => text.replace(/[\\;,:"]/g, (char) => `\\${char}`)
