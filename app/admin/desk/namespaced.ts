import type { KeyValue } from '../../store/ports.ts'

/** The same storage under names of its own: several apps of one origin share a browser without sharing a sign-in. */
export const namespaced = (keyValue: KeyValue, prefix: string): KeyValue => ({
  get: (key) => keyValue.get(`${prefix}${key}`),
  set: (key, text) => keyValue.set(`${prefix}${key}`, text),
  remove: (key) => keyValue.remove(`${prefix}${key}`),
})
