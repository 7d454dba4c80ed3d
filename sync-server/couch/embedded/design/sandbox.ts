import vm from 'node:vm'
import { Refusal } from '../routing/refusal.ts'

/** What CouchDB's query server gives to design functions, made inside so that nothing of ours can be reached. */
const prelude = `
  const isArray = Array.isArray, toJSON = JSON.stringify, log = () => {}
  const sum = (values) => values.reduce((total, value) => total + value, 0)
`

/**
 * Compiles a design function with a caller around it. Input and output cross as JSON text and nothing else does,
 * so the function has no object of ours to climb. Only a function that must end may run without a time limit. `caller` is the source of `(fn, input) => output`.
 */
export function sandboxed(source: string, caller: string, timeoutMs: number | undefined): (input: unknown) => unknown {
  const limit = timeoutMs === undefined ? {} : { timeout: timeoutMs }
  const context = vm.createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } })
  try {
    vm.runInContext(
      `${prelude};const call = ${caller};const fn = (${source.trim().replace(/;$/, '')}\n);
       if (typeof fn !== 'function') throw new TypeError('not a function')`,
      context,
      limit,
    )
  } catch (error) {
    throw new Refusal(500, 'compilation_error', String(error))
  }
  const run = new vm.Script('globalThis.output = JSON.stringify(call(fn, JSON.parse(input)))')
  return (input) => {
    context.input = JSON.stringify(input)
    try {
      run.runInContext(context, limit)
    } catch (error) {
      const timedOut = (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
      throw timedOut ? new Refusal(500, 'timeout', 'A design function ran for too long.') : error
    }
    const output: unknown = context.output
    return typeof output === 'string' ? JSON.parse(output) : undefined
  }
}
