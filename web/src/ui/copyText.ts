import { toast } from './toast.tsx'

/** Puts a text on the clipboard and says so: `what` begins the sentence, as in "The command was copied." */
export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    toast.done(`${what} was copied.`)
  } catch {
    toast.problem(`${what} could not be copied.`, 'This browser does not let the page write to the clipboard.')
  }
}
