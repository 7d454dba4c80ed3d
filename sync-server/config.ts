import { join } from 'node:path'
import { z } from 'zod'
import { type ClamdPlace, readClamdPlace } from './images/scan-by-clamd.ts'
import { readStoragePlace, type StoragePlace } from './images/storage-place.ts'
import { type Proxies, readProxies } from './login/client-address.ts'
import { isSafeIssuer, type OpenIdSettings } from './login/oidc-settings.ts'
import { type EnvStation, readSmtpUrls } from './post/read-smtp-urls.ts'

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: z.url().optional(),
  ALLOWED_ORIGINS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((origins) => !origins.includes('*'), 'an origin by name, never *'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text, { addIssue }) => {
      try {
        return readProxies(text)
      } catch (error) {
        addIssue({ code: 'custom', message: (error as Error).message })
        return z.NEVER
      }
    }),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  DATA_DIR: z.string().default('data'),
  COUCHDB_URL: z.url().optional(),
  SMTP_URLS: z
    .string()
    .default('')
    .transform((text, { addIssue }) => {
      try {
        return readSmtpUrls(text)
      } catch (error) {
        addIssue({ code: 'custom', message: (error as Error).message })
        return z.NEVER
      }
    }),
  STORAGE_URL: z
    .string()
    .regex(/^(file:\/\/\/|s3:\/\/)/, 'an absolute folder as file:///…, or s3://bucket/prefix')
    .optional(),
  CLAMD_URL: z
    .string()
    .transform((text, { addIssue }) => {
      try {
        return readClamdPlace(text)
      } catch (error) {
        addIssue({ code: 'custom', message: (error as Error).message })
        return z.NEVER
      }
    })
    .optional(),
  EXTERNAL_URL: z.url({ protocol: /^https?$/ }).optional(),
  EXTERNAL_TOKEN: z.string().min(1).optional(),
  OIDC_ISSUER: z.string().refine(isSafeIssuer, 'an https address, or http on this machine').optional(),
  OIDC_CLIENT_ID: z.string().min(1).optional(),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  OIDC_ROLES_CLAIM: z.string().min(1).optional(),
  DURABILITY: z.enum(['power', 'process']).default('power'),
  RUN: z.enum(['all', 'web']).default('all'),
  DEMO: z.enum(['on', 'off']).default('on'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

export type Config = {
  port: number
  host: string
  publicUrl: string | undefined
  allowedOrigins: string[]
  /** Whose word is taken on where a request came from. */
  proxies: Proxies
  tls: { certFile: string; keyFile: string } | undefined
  dataDir: string
  couchdbUrl: string | undefined
  /** Sending accounts of the environment; others are set up in the console. */
  stations: EnvStation[]
  /** Where files are kept: photos, pictures, scoreboards. */
  storage: StoragePlace
  /** What looks for malware in every picture that comes in. */
  clamd: ClamdPlace | undefined
  /** `power`: an acknowledged write survives a power cut; `process`: only the end of the process. */
  durability: 'power' | 'process'
  /** The system that hears of every team, and what it knows us by. */
  external: { url: string; token: string | undefined } | undefined
  /** Whom staff may sign in with, beside invitations. */
  openId: OpenIdSettings | undefined
  runFunctions: boolean
  demo: boolean
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

function readPlace(address: string, env: Record<string, string | undefined>): StoragePlace {
  try {
    return readStoragePlace(address, env)
  } catch (error) {
    throw new Error(`The configuration is not right:\n  STORAGE_URL: ${(error as Error).message}`)
  }
}

/** Reads the environment once; throws an Error that names every bad variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = schema.safeParse(env)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The configuration is not right:\n${lines.join('\n')}`)
  }
  const it = parsed.data
  if ((it.TLS_CERT === undefined) !== (it.TLS_KEY === undefined)) {
    throw new Error('The configuration is not right:\n  TLS_CERT and TLS_KEY go together')
  }
  if ((it.OIDC_ISSUER === undefined) !== (it.OIDC_CLIENT_ID === undefined)) {
    throw new Error('The configuration is not right:\n  OIDC_ISSUER and OIDC_CLIENT_ID go together')
  }
  return {
    port: it.PORT,
    host: it.HOST,
    publicUrl: it.PUBLIC_URL,
    allowedOrigins: it.ALLOWED_ORIGINS,
    proxies: it.TRUSTED_PROXIES,
    tls: it.TLS_CERT && it.TLS_KEY ? { certFile: it.TLS_CERT, keyFile: it.TLS_KEY } : undefined,
    dataDir: it.DATA_DIR,
    couchdbUrl: it.COUCHDB_URL,
    stations: it.SMTP_URLS,
    storage: it.STORAGE_URL ? readPlace(it.STORAGE_URL, env) : { kind: 'folder', folder: join(it.DATA_DIR, 'files') },
    clamd: it.CLAMD_URL,
    durability: it.DURABILITY,
    external: it.EXTERNAL_URL ? { url: it.EXTERNAL_URL.replace(/\/+$/, ''), token: it.EXTERNAL_TOKEN } : undefined,
    openId:
      it.OIDC_ISSUER && it.OIDC_CLIENT_ID
        ? {
            issuer: it.OIDC_ISSUER,
            clientId: it.OIDC_CLIENT_ID,
            clientSecret: it.OIDC_CLIENT_SECRET,
            rolesClaim: it.OIDC_ROLES_CLAIM,
          }
        : undefined,
    runFunctions: it.RUN === 'all',
    demo: it.DEMO === 'on',
    logLevel: it.LOG_LEVEL,
  }
}
