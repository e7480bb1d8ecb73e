import { Columns3, Ellipsis, ListPlus, MessageSquarePlus, MessagesSquare, Star, X } from 'lucide-react'
import { useDialogs } from '../state/dialogs.ts'
import { useFlowStore } from '../state/flowStore.ts'
import { usePlaygroundStore } from '../state/playgroundStore.ts'
import { isLive, useRunStore } from '../state/runStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { Menu, MenuItem, MenuLabel, MenuSeparator } from '../ui/Menu.tsx'
import { useConversation } from './conversation.ts'
import { forgetExamples, useExamples } from './examples.ts'
import { beginAnew } from './runs.ts'

/** Ways to run beside a message alone, and the messages that were kept for this flow. */
export function PlaygroundMenu() {
  const show = useDialogs((store) => store.show)
  const { continues, setContinues } = usePlaygroundStore()
  const flowId = useFlowStore((store) => store.flowId)
  const examples = useExamples(flowId)
  const setPrompt = useSessionStore((session) => session.setPrompt)
  const hasSaid = useConversation((conversation) => conversation.past.length > 0 || conversation.input !== '')
  const live = useRunStore((store) => isLive(store.run))
  return (
    <Menu trigger={<IconButton size="sm" label="More for the playground" icon={<Ellipsis size={15} />} />}>
      <MenuItem icon={<MessagesSquare size={14} />} onSelect={() => setContinues(!continues)}>
        {continues ? 'Send messages alone' : 'Continue the conversation'}
      </MenuItem>
      <MenuItem icon={<MessageSquarePlus size={14} />} disabled={live || !hasSaid} onSelect={beginAnew}>
        New conversation
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Columns3 size={14} />} onSelect={() => show('sideBySide')}>
        Run side by side…
      </MenuItem>
      <MenuItem icon={<ListPlus size={14} />} onSelect={() => show('byHand')}>
        Calls by hand…
      </MenuItem>
      {examples.length > 0 && (
        <>
          <MenuSeparator />
          <MenuLabel>Examples</MenuLabel>
          {examples.map((example) => (
            <MenuItem key={example} icon={<Star size={14} />} onSelect={() => setPrompt(example)}>
              <span className="block max-w-72 truncate">{example}</span>
            </MenuItem>
          ))}
          <MenuItem icon={<X size={14} />} onSelect={() => forgetExamples(flowId)}>
            Forget these examples
          </MenuItem>
        </>
      )}
    </Menu>
  )
}
