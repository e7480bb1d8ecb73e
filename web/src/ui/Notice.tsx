import { CircleCheck, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'

const TONES = {
  failed: { frame: 'border-failed/40 bg-failed/8', icon: 'text-failed-text', Icon: TriangleAlert },
  waiting: { frame: 'border-waiting/40 bg-waiting/8', icon: 'text-waiting-text', Icon: TriangleAlert },
  succeeded: { frame: 'border-succeeded/40 bg-succeeded/8', icon: 'text-succeeded-text', Icon: CircleCheck },
}

/** A sentence that must not be missed. Faults are read out at once. */
export function Notice({ tone, children }: { tone: keyof typeof TONES; children: ReactNode }) {
  const { frame, icon, Icon } = TONES[tone]
  return (
    <div
      role={tone === 'failed' ? 'alert' : 'status'}
      className={`flex gap-2 rounded-lg border p-2.5 text-xs ${frame}`}
    >
      <Icon size={14} aria-hidden className={`mt-px shrink-0 ${icon}`} />
      <div className="min-w-0 flex-1 break-words">{children}</div>
    </div>
  )
}
