/** For popovers that may be taller than the window: the room beside the button is what there is, so they scroll. */
export const WITHIN_WINDOW = {
  size: {
    apply: ({
      availableHeight,
      elements,
    }: {
      readonly availableHeight: number
      readonly elements: { readonly floating: HTMLElement }
    }) => {
      elements.floating.style.maxHeight = `${Math.max(240, availableHeight - 12)}px`
    },
  },
} as const
