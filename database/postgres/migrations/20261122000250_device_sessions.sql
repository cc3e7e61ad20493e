-- Which sign-in (the `session_id` that Supabase Auth puts into every token of it) is in use on which device,
-- and which devices were signed out of a company, so that one can be without its person (SPEC SY-5). Every
-- policy and function asks private.my_memberships, where a sign-in that is not younger than the
-- sign-out of its device does not count. A new sign-in is another session and does.
--
-- The session itself is not deleted: with a token that can't be renewed a laptop would only hear that it must
-- sign in again, which takes nothing away from it. This way it hears what happened whenever it comes
-- online, removes the company, and then ends the session itself.

-- Of the person, not of a company: where a sign-in says in one company which device it is on, all know. Only
-- ever added to, so that no sign-in can move to a device that is not signed out.
create table private.session_devices (
  user_id uuid not null references auth.users (id) on delete cascade,
  session_id text not null,
  device_id uuid not null,
  -- When the person signed in; not when the app said so.
  born_at timestamptz not null,
  primary key (user_id, session_id, device_id)
);
create index session_devices_device_idx on private.session_devices (user_id, device_id);

-- Outlives the member and the device on the list: what was stolen stays signed out, whoever is invited again.
create table private.device_sign_outs (
  company_id uuid not null references public.companies (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  device_id uuid not null,
  at timestamptz not null,
  -- When the device said that the company has left it.
  emptied_at timestamptz,
  primary key (company_id, user_id, device_id)
);
create index device_sign_outs_user_idx on private.device_sign_outs (user_id);

alter table private.session_devices enable row level security;
alter table private.session_devices force row level security;
alter table private.device_sign_outs enable row level security;
alter table private.device_sign_outs force row level security;
