import { dictionary } from './dictionary.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

/** Words of the shared parts and of the staff app. */
export const words = dictionary({ ja, en })
