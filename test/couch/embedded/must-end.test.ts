import { expect, test } from 'vitest'
import { validatorOf } from '../../../design-docs/validators.ts'
import { mustEnd } from '../../../sync-server/couch/embedded/design/must-end.ts'

test.each(['log', 'board'] as const)('our own validator of %s runs without a time limit', (kind) => {
  expect(mustEnd(validatorOf('demo', kind) ?? '')).toBe(true)
})

test.each([
  'function (doc) { while (true); }',
  'function (doc) { for (;;); }',
  'function (doc) { do ; while (1) }',
  'function (doc) { for (var x in doc) for (;;); }',
  'function (doc) { for (x in f()) ; }',
  'function (doc) { for (var x of doc) ; }',
  'function f(doc) { f(doc) }',
  'function (doc) { (function g() { g() })() }',
  'function (doc) { doc.list.map(doc.fn) }',
  'function (doc) { (() => {})() }',
  'function (doc) { arguments["callee"](doc) }',
  'function (doc) { arguments.callee(doc) }',
  'function (doc) { /(a+)+$/.test(doc.text) }',
  'function (doc) { doc.text`x` }',
  'function (doc) { new doc.Thing }',
  'function (doc) { return { get a() { return this.a } }.a }',
  'function (doc) { (doc.f)(1) }',
  'function (doc) { if (1) { } (doc.f)(1) }',
  'function (doc) { "\\"; for(;;); "; }',
])('this one might run for ever: %s', (source) => {
  expect(mustEnd(source)).toBe(false)
})
