import { Toaster as Sonner, toast as sonner } from 'sonner'

/** A short message at the edge of the page. Problems stay longer than news. */
export const toast = {
  say: (message: string, more?: string) => sonner(message, more ? { description: more } : undefined),
  done: (message: string, more?: string) => sonner.success(message, more ? { description: more } : undefined),
  problem: (message: string, more?: string) =>
    sonner.error(message, { duration: 8000, ...(more ? { description: more } : {}) }),
}

/** Where toasts appear. Stands once in the page. */
export function Toaster() {
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
