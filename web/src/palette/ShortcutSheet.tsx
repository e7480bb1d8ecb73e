import { useState } from 'react'
import { ACTION_GROUPS } from '../actions/index.ts'
import { onMac } from '../actions/keys.ts'
import { useChoices } from '../state/choices.ts'
import { useDialogs } from '../state/dialogs.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { SectionTitle } from '../ui/Panel.tsx'
import { Select } from '../ui/Select.tsx'
import { Switch } from '../ui/Switch.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { shortcutGroups } from './shortcutGroups.ts'

/** Every key there is, by what it does. */
export function ShortcutSheet() {
  const { open, show } = useDialogs()
  const [words, setWords] = useState('')
  const [isMac, setMac] = useState(onMac)
  const groups = shortcutGroups(ACTION_GROUPS, isMac, words)
  return (
    <Dialog
      wide
      open={open === 'shortcuts'}
      onOpenChange={(isOpen) => show(isOpen ? 'shortcuts' : null)}
      title="Keyboard shortcuts"
    >
      <div className="mb-4 flex gap-2">
        <TextInput
          data-autofocus
          aria-label="Find a shortcut"
          placeholder="Find a shortcut"
          value={words}
          onChange={({ target }) => setWords(target.value)}
        />
        <Select
          aria-label="Keyboard"
          className="max-w-40"
          value={isMac ? 'mac' : 'other'}
          options={[
            { value: 'mac', label: 'Mac' },
            { value: 'other', label: 'Windows, Linux' },
          ]}
          onValue={(value) => setMac(value === 'mac')}
        />
      </div>
      <div className="gap-8 sm:columns-2">
        {groups.map(({ title, shortcuts }) => (
          <section key={title} aria-label={title} className="mb-5 break-inside-avoid">
            <SectionTitle className="m-0 mb-1">{title}</SectionTitle>
            <dl className="m-0">
              {shortcuts.map(({ what, keys }) => (
                <div key={what} className="flex min-h-7 items-center gap-3">
                  <dt className="min-w-0 flex-1 text-sm">{what}</dt>
                  <dd className="m-0 flex flex-wrap justify-end gap-1">
                    {keys.map((one) => (
                      <kbd
                        key={one}
                        className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-sm border border-line-strong px-1 font-mono text-[10.5px] leading-none text-text-2"
                      >
                        {one}
                      </kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <SingleKeysChoice />
      {groups.length === 0 && <p className="m-0 text-xs text-text-2">No shortcut is called “{words}”.</p>}
    </Dialog>
  )
}

/** Signs alone as shortcuts can be turned off: a voice or a hand may press them unmeant. */
function SingleKeysChoice() {
  const { hasSingleKeys, setSingleKeys } = useChoices()
  return (
    <label htmlFor="single-keys" className="mb-2 flex items-center gap-2.5 text-sm">
      <Switch id="single-keys" checked={hasSingleKeys} onCheckedChange={setSingleKeys} />
      Keys without Ctrl or ⌘, such as “/” and “?”
      <span className="text-xs text-text-2">All they do is in the command list, too.</span>
    </label>
  )
}
