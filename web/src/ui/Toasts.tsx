import { useEffect } from 'react'
import { Toaster as Sonner, toast } from 'sonner'

/** The library behind `toast.tsx`, which loads it when something is to be said. `onThere` gets what shows a message. */
export default function Toasts({ onThere }: { onThere: (show: typeof toast) => void }) {
  useEffect(() => onThere(toast), [onThere])
  return (
    <Sonner
      position="bottom-right"
      gap={8}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast:
            'flex w-90 items-start gap-2.5 rounded-lg border border-line-strong bg-surface-1 p-3 text-sm text-text-1 shadow-float',
          description: 'text-xs text-text-2 mt-0.5',
          success: '[&_[data-icon]]:text-succeeded',
          error: '[&_[data-icon]]:text-failed',
        },
      }}
    />
  )
}
