/** Goes to the first field that is not right; a group of choices takes the focus at its first one. */
export function focusFirstBad(form: HTMLFormElement): void {
  const bad = form.querySelector<HTMLElement>('[aria-invalid="true"], [data-bad]')
  const target = bad?.matches('input, select, textarea') ? bad : bad?.querySelector<HTMLElement>('input, button')
  target?.focus()
  target?.scrollIntoView({ block: 'center' })
}
