/** Whether the signature of the message is by the key; a malformed key or signature is simply not. */
export type VerifyEd25519 = (signature: Bytes, message: Bytes, publicKey: Bytes) => Promise<boolean>
type Bytes = Uint8Array<ArrayBuffer>

/** WebCrypto, or null where it does not know Ed25519 (older browsers, pages without HTTPS). */
export async function nativeEd25519(subtle: SubtleCrypto | undefined): Promise<VerifyEd25519 | null> {
  if (!subtle) return null
  try {
    await subtle.importKey('raw', probeKey(), 'Ed25519', false, ['verify'])
  } catch {
    // NotSupportedError, in old engines a SyntaxError: the script takes over.
    return null
  }
  return async (signature, message, publicKey) => {
    if (signature.length !== 64 || publicKey.length !== 32) return false
    try {
      const key = await subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify'])
      return await subtle.verify('Ed25519', key, signature, message)
    } catch {
      // Some engines check at import that the key is a point of the curve.
      return false
    }
  }
}

/** RFC 8032 section 7.1, test 1: surely a key. */
const probeKey = () =>
  Uint8Array.from('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'.match(/../g)!, (hex) =>
    Number.parseInt(hex, 16),
  )

/** JavaScript, loaded only when it is needed. Judged by RFC 8032 like the native one, not by the laxer ZIP 215. */
export async function scriptEd25519(): Promise<VerifyEd25519> {
  const { verifyAsync } = await import('@noble/ed25519')
  return async (signature, message, publicKey) => {
    try {
      return await verifyAsync(signature, message, publicKey, { zip215: false })
    } catch {
      return false
    }
  }
}

let chosen: Promise<VerifyEd25519> | undefined

/** Verifies with what this machine has; the choice is made once. */
export const verifyEd25519: VerifyEd25519 = async (signature, message, publicKey) => {
  chosen ??= nativeEd25519(globalThis.crypto?.subtle).then((native) => native ?? scriptEd25519())
  return (await chosen)(signature, message, publicKey)
}
