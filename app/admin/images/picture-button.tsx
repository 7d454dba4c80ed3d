import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { lazyPart } from '../../ui/lazy-part.tsx'
import './full-pictures.css'
import type { FullPicture } from './full-pictures.tsx'
import { pictureWords } from './picture-words.ts'

const FullPictures = lazyPart(() => import('./full-pictures.tsx').then((file) => file.FullPictures))

type Props = { title: string; pictures: readonly FullPicture[]; children: ComponentChildren }

/** A small picture that leads to the ones of full size. */
export function PictureButton({ title, pictures, children }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" class="picture-button" onClick={() => setOpen(true)}>
        {children}
        <span class="hidden-text"> {pictureWords.value.open(title)}</span>
      </button>
      {open ? <FullPictures title={title} pictures={pictures} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
