import type { ComponentChildren } from 'preact'
import { Icon, type IconName } from './icon.tsx'

type StateProps = { icon: IconName; title: string; text?: string; children?: ComponentChildren }

/** An empty, waiting, offline, refused or failed screen: what it is, what is safe, what to do next. */
export function State({ icon, title, text, children }: StateProps) {
  return (
    <div class="state">
      <Icon name={icon} />
      <h2>{title}</h2>
      {text ? <p>{text}</p> : null}
      {children}
    </div>
  )
}
