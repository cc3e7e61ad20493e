import type { Page } from '@playwright/test'
import type { Texts } from '../../../renderer/texts/texts.ts'
import { expect, goTo, type Stop } from '../stop.ts'

/** The settings, each of their pages and dialogs. */
export function settingsStops(): readonly Stop[] {
  const part = (section: keyof Texts['settings']['sections'], more?: Stop['open'], name = ''): Stop => ({
    name: `settings, ${section}${name}`,
    open: async (page, words) => {
      await goTo(page, `/settings/${section}`)
      await expect(page.getByRole('heading', { level: 1, name: words.settings.sections[section] })).toBeVisible()
      await expect(page.getByRole('status', { name: words.settings.loading })).toHaveCount(0)
      await more?.(page, words)
    },
  })
  const dialog = (page: Page) => expect(page.getByRole('dialog')).toBeVisible()
  return [
    part('account'),
    part('company'),
    part('members'),
    part(
      'members',
      async (page, { settings: { members } }) => {
        await page.getByRole('textbox', { name: members.inviteName }).fill('Gerda Lindqvist')
        await page.getByRole('textbox', { name: members.inviteEmail }).fill('gerda@northbuild.example')
        await page.getByRole('button', { name: members.inviteSubmit }).click()
        await expect(page.getByRole('status').getByRole('code')).toBeVisible()
      },
      ', an invitation',
    ),
    part(
      'members',
      async (page, { settings: { members } }) => {
        await page.getByRole('button', { name: members.removeOf('Sanne de Vries') }).click()
        await dialog(page)
      },
      ', removing one',
    ),
    part('privacy'),
    part(
      'privacy',
      async (page, { settings: { privacy } }) => {
        await page.getByRole('textbox', { name: privacy.find }).fill('annika moeller')
        await page.getByRole('button', { name: /^Annika Möller/ }).click()
        await expect(page.getByRole('button', { name: privacy.erase })).toBeVisible()
      },
      ', a person',
    ),
    part(
      'privacy',
      async (page, { settings: { privacy } }) => {
        await page.getByRole('button', { name: privacy.erase }).click()
        await dialog(page)
      },
      ', erasing',
    ),
    part('devices'),
    part('appearance'),
    part('app'),
    part('data'),
    part(
      'data',
      async (page, { settings: { data } }) => {
        await page.getByRole('button', { name: data.rebuild }).click()
        await dialog(page)
      },
      ', fetching everything again',
    ),
    part('log'),
  ]
}
