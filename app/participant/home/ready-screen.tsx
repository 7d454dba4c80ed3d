import { useEffect, useMemo, useState } from 'preact/hooks'
import { startLocation } from '../../device/location.ts'
import { words } from '../../i18n/home-words.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useOwnTeam } from '../own-team.ts'
import { Screen } from '../screen.tsx'
import { askFor, isReady, type ReadyItem, type ReadyState, readinessOf, readyItems, watchReadiness } from './ready.ts'
import './home.css'

const tones = { done: 'ok', ask: 'warn', waiting: 'wait', refused: 'no', unknown: 'wait' } as const

/** Whether this phone can leave the network, and what to do about what is missing. */
export function ReadyScreen() {
  const own = useOwnTeam()
  const { busy } = own.store.status
  const readiness = useMemo(() => readinessOf(own), [own])
  useEffect(watchReadiness, [])
  const t = words.value.ready
  const ready = isReady(readiness.value)
  return (
    <Screen
      title={t.title}
      back="/team/"
      action={
        <Button kind="main" disabled={busy.value} onClick={() => void own.store.sync()}>
          {busy.value ? t.checking : t.check}
        </Button>
      }
    >
      <div class={`notice ${ready ? 'ok' : 'warn'}`} role="status">
        <h2>{ready ? t.done : t.notYet}</h2>
        <p>{ready ? t.doneText : t.notYetText}</p>
      </div>
      <section class="sheet flush">
        <ul class="ready-items">
          {readyItems.map((item) => (
            <Item key={item} item={item} state={readiness.value[item]} />
          ))}
        </ul>
      </section>
    </Screen>
  )
}

function Item({ item, state }: { item: ReadyItem; state: ReadyState }) {
  const [wasRefused, setWasRefused] = useState(false)
  const t = words.value.ready
  const canAsk = state === 'ask' || (state === 'unknown' && item !== 'storage')
  const ask = async () => {
    if (item === 'position') startLocation()
    else setWasRefused((await askFor(item)) === false)
  }
  return (
    <li class="ready-item">
      <div class="row">
        <h3 class="grow">{t.items[item]}</h3>
        <Pill tone={tones[state]}>{t.states[state]}</Pill>
      </div>
      <p class="soft">{state === 'refused' ? t.helps[item] : state === 'waiting' ? t.waits[item] : t.texts[item]}</p>
      {wasRefused && item === 'storage' && state !== 'done' ? <p role="status">{t.notKept}</p> : null}
      {canAsk && item in t.asks ? (
        <Button wide onClick={() => void ask()}>
          {t.asks[item as keyof typeof t.asks]}
        </Button>
      ) : null}
    </li>
  )
}
