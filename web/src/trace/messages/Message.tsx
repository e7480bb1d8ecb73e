import { Bot, CornerDownRight, type LucideIcon, ScrollText, User, Wrench } from 'lucide-react'
import type { ReactNode } from 'react'
import { counted } from '../format.ts'
import { JsonBlock } from '../JsonBlock.tsx'
import type { MessageItem } from './messageItems.ts'

/** One message, or one call or result of a message that has many. */
export function Message({ item, onChoose }: { item: MessageItem; onChoose(call: number): void }) {
  switch (item.kind) {
    case 'system':
      return <Said icon={ScrollText} who="system" text={item.text} note="the instructions, with what Volley adds" />
    case 'user':
      return <Said icon={User} who="user" text={item.text} />
    case 'assistant':
      return (
        <Said
          icon={Bot}
          who="assistant"
          text={item.text}
          note={`turn ${item.turn}${item.calls > 0 ? `, ${counted(item.calls, 'call')}` : ''}`}
        />
      )
    case 'call':
      return (
        <Part
          icon={CornerDownRight}
          head={<CallName call={item.call} tool={item.tool} onChoose={onChoose} />}
          text={item.argumentsText}
          label={`Arguments of call ${item.call}`}
        />
      )
    case 'result':
      return (
        <Part
          icon={Wrench}
          head={
            <>
              <span className="text-text-2">result of</span>
              <CallName call={item.call} tool={item.tool} onChoose={onChoose} />
              {item.isError && <span className="text-failed-text">told as an error</span>}
              {item.cut > 0 && (
                <span className="text-waiting-text">{item.cut.toLocaleString('en')} letters were cut off</span>
              )}
              {item.pictures > 0 && (
                <span className="text-text-2">with {counted(item.pictures, 'picture')} where the model can see</span>
              )}
            </>
          }
          text={item.text}
          label={`Result of call ${item.call}`}
        />
      )
  }
}

function Said({ icon, who, text, note }: { icon: LucideIcon; who: string; text: string; note?: string }) {
  return (
    <Part
      icon={icon}
      head={
        <>
          <span className="font-semibold text-text-1">{who}</span>
          {note && <span className="text-text-3">{note}</span>}
        </>
      }
      text={text}
      label={`Words of the ${who}`}
    />
  )
}

function Part({ icon: Icon, head, text, label }: { icon: LucideIcon; head: ReactNode; text: string; label: string }) {
  return (
    <div className="flex gap-2.5 text-xs">
      <Icon size={14} aria-hidden className="mt-1 shrink-0 text-text-3" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <div className="flex min-h-6 flex-wrap items-center gap-x-2">{head}</div>
        {text !== '' && <JsonBlock value={text} label={label} />}
      </div>
    </div>
  )
}

function CallName({ call, tool, onChoose }: { call: number; tool: string; onChoose(call: number): void }) {
  return (
    <button
      type="button"
      className="min-h-6 rounded-sm font-mono text-text-1 underline-offset-2 hover:underline"
      onClick={() => onChoose(call)}
    >
      #{call} {tool}
    </button>
  )
}
