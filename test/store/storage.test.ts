import { expect, test } from 'vitest'
import { openStore } from '../../app/store/open-store.ts'
import { createLink } from './support/link.ts'
import { createDevice } from './support/memory-ports.ts'
import { until } from './support/open-phone.ts'

const nowhere = createLink(() => 'http://127.0.0.1:9')

test.each([true, false, null])(
  '[SP1] the browser is asked to keep the data for good, and its answer, %s, is told',
  async (answer) => {
    const { ports } = createDevice().load(nowhere.fetch)
    let asked = 0
    const persist = async () => {
      asked++
      return answer
    }
    const store = await openStore({ ...ports, storage: { ...ports.storage, persist } }, { replication: 'manual' })
    await until(() => store.status.storage.value.room !== 'unknown')
    expect(asked).toBe(1)
    expect(store.status.storage.value.persisted).toBe(answer)
    await store.close()
  },
)
