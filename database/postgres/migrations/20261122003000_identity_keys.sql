-- What a person is recognised by (SPEC DB-4): the keys of name, e-mail and phone, kept beside the
-- values of customers. Kept by triggers with definer rights rather than as generated columns: the
-- key of a phone needs the country of the company, and a legacy writer of chats has no right to
-- anything in `private`. The functions never raise, whatever they are given: a key is no reason to
-- refuse anybody's INSERT.

create extension if not exists pg_trgm schema extensions;
create extension if not exists btree_gin schema extensions;
create extension if not exists unaccent schema extensions;
create extension if not exists fuzzystrmatch schema extensions;

-- How each country dials, after libphonenumber's metadata: `dial_out` before a foreign number,
-- `trunk` before a national one, and the possible numbers of digits of a national number. Of the
-- countries that share a calling code, the main one says what is possible behind a plus.
create table private.calling_codes (
  country char(2) primary key,
  code text not null,
  is_main boolean not null,
  dial_out text not null,
  trunk text not null,
  lengths integer[] not null
);
create unique index calling_codes_main_idx on private.calling_codes (code) where is_main;
alter table private.calling_codes enable row level security;
alter table private.calling_codes force row level security;

insert into private.calling_codes (country, code, is_main, dial_out, trunk, lengths) values
  ('AC', '247', true, '00', '', '{5,6}'), ('AD', '376', true, '00', '', '{6,8,9}'),
  ('AE', '971', true, '00', '0', '{5,6,7,8,9,10,11,12}'), ('AF', '93', true, '00', '0', '{9}'),
  ('AG', '1', false, '011', '1', '{10}'), ('AI', '1', false, '011', '1', '{10}'),
  ('AL', '355', true, '00', '0', '{6,7,8,9}'), ('AM', '374', true, '00', '0', '{8}'),
  ('AO', '244', true, '00', '', '{9}'), ('AR', '54', true, '00', '0', '{10,11}'),
  ('AS', '1', false, '011', '1', '{10}'), ('AT', '43', true, '00', '0', '{4,5,6,7,8,9,10,11,12,13}'),
  ('AU', '61', true, '0011', '0', '{5,6,7,8,9,10,12}'), ('AW', '297', true, '00', '', '{7}'),
  ('AX', '358', false, '00', '0', '{5,6,7,8,9,10,11,12}'), ('AZ', '994', true, '00', '0', '{9}'),
  ('BA', '387', true, '00', '0', '{8,9}'), ('BB', '1', false, '011', '1', '{10}'),
  ('BD', '880', true, '00', '0', '{6,7,8,9,10}'), ('BE', '32', true, '00', '0', '{8,9}'),
  ('BF', '226', true, '00', '', '{8}'), ('BG', '359', true, '00', '0', '{6,7,8,9,12}'),
  ('BH', '973', true, '00', '', '{8}'), ('BI', '257', true, '00', '', '{8}'),
  ('BJ', '229', true, '00', '', '{10}'), ('BL', '590', false, '00', '0', '{9}'),
  ('BM', '1', false, '011', '1', '{10}'), ('BN', '673', true, '00', '', '{7}'),
  ('BO', '591', true, '00', '0', '{8,9}'), ('BQ', '599', false, '00', '', '{7}'),
  ('BR', '55', true, '00', '0', '{8,9,10,11}'), ('BS', '1', false, '011', '1', '{10}'),
  ('BT', '975', true, '00', '', '{7,8}'), ('BW', '267', true, '00', '', '{7,8,10}'),
  ('BY', '375', true, '810', '8', '{6,7,8,9,10,11}'), ('BZ', '501', true, '00', '', '{7,11}'),
  ('CA', '1', false, '011', '1', '{7,10}'), ('CC', '61', false, '00', '0', '{6,7,8,9,10,12}'),
  ('CD', '243', true, '00', '0', '{7,8,9,10}'), ('CF', '236', true, '00', '', '{8}'),
  ('CG', '242', true, '00', '', '{9}'), ('CH', '41', true, '00', '0', '{9,12}'),
  ('CI', '225', true, '00', '', '{10}'), ('CK', '682', true, '00', '', '{5}'),
  ('CL', '56', true, '00', '', '{9,10,11}'), ('CM', '237', true, '00', '', '{8,9}'),
  ('CN', '86', true, '00', '0', '{7,8,9,10,11,12}'), ('CO', '57', true, '00', '0', '{8,10,11}'),
  ('CR', '506', true, '00', '', '{8,10}'), ('CU', '53', true, '119', '0', '{6,7,8,10}'),
  ('CV', '238', true, '0', '', '{7}'), ('CW', '599', true, '00', '', '{7,8}'),
  ('CX', '61', false, '00', '0', '{6,7,8,9,10,12}'), ('CY', '357', true, '00', '', '{8}'),
  ('CZ', '420', true, '00', '', '{9,10,11,12}'), ('DE', '49', true, '00', '0', '{4,5,6,7,8,9,10,11,12,13,14,15}'),
  ('DJ', '253', true, '00', '', '{8}'), ('DK', '45', true, '00', '', '{8}'),
  ('DM', '1', false, '011', '1', '{10}'), ('DO', '1', false, '011', '1', '{10}'),
  ('DZ', '213', true, '00', '0', '{8,9}'), ('EC', '593', true, '00', '0', '{8,9,10,11}'),
  ('EE', '372', true, '00', '', '{7,8,10}'), ('EG', '20', true, '00', '0', '{8,9,10}'),
  ('EH', '212', false, '00', '0', '{9}'), ('ER', '291', true, '00', '0', '{7}'),
  ('ES', '34', true, '00', '', '{9}'), ('ET', '251', true, '00', '0', '{9}'),
  ('FI', '358', true, '00', '0', '{5,6,7,8,9,10,11,12}'), ('FJ', '679', true, '00', '', '{7,11}'),
  ('FK', '500', true, '00', '', '{5}'), ('FM', '691', true, '00', '', '{7}'),
  ('FO', '298', true, '00', '', '{6}'), ('FR', '33', true, '00', '0', '{9}'),
  ('GA', '241', true, '00', '', '{7,8}'), ('GB', '44', true, '00', '0', '{7,9,10}'),
  ('GD', '1', false, '011', '1', '{10}'), ('GE', '995', true, '00', '0', '{9}'),
  ('GF', '594', true, '00', '0', '{9}'), ('GG', '44', false, '00', '0', '{7,9,10}'),
  ('GH', '233', true, '00', '0', '{8,9}'), ('GI', '350', true, '00', '', '{8}'),
  ('GL', '299', true, '00', '', '{6}'), ('GM', '220', true, '00', '', '{7,9}'),
  ('GN', '224', true, '00', '', '{8,9}'), ('GP', '590', true, '00', '0', '{9}'),
  ('GQ', '240', true, '00', '', '{9}'), ('GR', '30', true, '00', '', '{10,11,12}'),
  ('GT', '502', true, '00', '', '{8,11}'), ('GU', '1', false, '011', '1', '{10}'),
  ('GW', '245', true, '00', '', '{7,9}'), ('GY', '592', true, '001', '', '{7}'),
  ('HK', '852', true, '00', '', '{5,6,7,8,9,11}'), ('HN', '504', true, '00', '', '{8,11}'),
  ('HR', '385', true, '00', '0', '{7,8,9}'), ('HT', '509', true, '00', '', '{8}'),
  ('HU', '36', true, '00', '06', '{8,9}'), ('ID', '62', true, '00', '0', '{7,8,9,10,11,12,13,14,15,16,17}'),
  ('IE', '353', true, '00', '0', '{7,8,9,10}'), ('IL', '972', true, '00', '0', '{7,8,9,10,11,12}'),
  ('IM', '44', false, '00', '0', '{10}'), ('IN', '91', true, '00', '0', '{8,9,10,11,12,13}'),
  ('IO', '246', true, '00', '', '{7}'), ('IQ', '964', true, '00', '0', '{8,9,10}'),
  ('IR', '98', true, '00', '0', '{4,5,6,7,10}'), ('IS', '354', true, '00', '', '{7,9}'),
  ('IT', '39', true, '00', '', '{6,7,8,9,10,11,12}'), ('JE', '44', false, '00', '0', '{10}'),
  ('JM', '1', false, '011', '1', '{10}'), ('JO', '962', true, '00', '0', '{8,9}'),
  ('JP', '81', true, '010', '0', '{8,9,10,11,12,13,14,15,16,17}'), ('KE', '254', true, '000', '0', '{7,8,9,10}'),
  ('KG', '996', true, '00', '0', '{9,10}'), ('KH', '855', true, '00', '0', '{8,9,10}'),
  ('KI', '686', true, '00', '0', '{5,8}'), ('KM', '269', true, '00', '', '{7}'),
  ('KN', '1', false, '011', '1', '{10}'), ('KP', '850', true, '00', '0', '{8,10}'),
  ('KR', '82', true, '00', '0', '{5,6,8,9,10,11,12,13,14}'), ('KW', '965', true, '00', '', '{7,8}'),
  ('KY', '1', false, '011', '1', '{10}'), ('KZ', '7', false, '810', '8', '{10,14}'),
  ('LA', '856', true, '00', '0', '{8,9,10}'), ('LB', '961', true, '00', '0', '{7,8}'),
  ('LC', '1', false, '011', '1', '{10}'), ('LI', '423', true, '00', '0', '{7,9}'),
  ('LK', '94', true, '00', '0', '{9}'), ('LR', '231', true, '00', '0', '{7,8,9}'),
  ('LS', '266', true, '00', '', '{8}'), ('LT', '370', true, '00', '0', '{8}'),
  ('LU', '352', true, '00', '', '{4,5,6,7,8,9,10,11}'), ('LV', '371', true, '00', '', '{8}'),
  ('LY', '218', true, '00', '0', '{9}'), ('MA', '212', true, '00', '0', '{9}'),
  ('MC', '377', true, '00', '0', '{8,9}'), ('MD', '373', true, '00', '0', '{8}'),
  ('ME', '382', true, '00', '0', '{8,9}'), ('MF', '590', false, '00', '0', '{9}'),
  ('MG', '261', true, '00', '0', '{9}'), ('MH', '692', true, '011', '1', '{7}'),
  ('MK', '389', true, '00', '0', '{8}'), ('ML', '223', true, '00', '', '{8}'),
  ('MM', '95', true, '00', '0', '{6,7,8,9,10}'), ('MN', '976', true, '001', '0', '{8,9,10}'),
  ('MO', '853', true, '00', '', '{7,8}'), ('MP', '1', false, '011', '1', '{10}'),
  ('MQ', '596', true, '00', '0', '{9}'), ('MR', '222', true, '00', '', '{8}'),
  ('MS', '1', false, '011', '1', '{10}'), ('MT', '356', true, '00', '', '{8}'),
  ('MU', '230', true, '00', '', '{7,8,10}'), ('MV', '960', true, '00', '', '{7,10}'),
  ('MW', '265', true, '00', '0', '{7,9}'), ('MX', '52', true, '00', '', '{10}'),
  ('MY', '60', true, '00', '0', '{8,9,10}'), ('MZ', '258', true, '00', '', '{8,9}'),
  ('NA', '264', true, '00', '0', '{8,9}'), ('NC', '687', true, '00', '', '{6}'),
  ('NE', '227', true, '00', '', '{8}'), ('NF', '672', true, '00', '', '{6}'),
  ('NG', '234', true, '009', '0', '{10,11,12,13,14}'), ('NI', '505', true, '00', '', '{8}'),
  ('NL', '31', true, '00', '0', '{5,6,7,8,9,10,11}'), ('NO', '47', true, '00', '', '{5,8}'),
  ('NP', '977', true, '00', '0', '{8,10,11}'), ('NR', '674', true, '00', '', '{7}'),
  ('NU', '683', true, '00', '', '{4,7}'), ('NZ', '64', true, '00', '0', '{5,6,7,8,9,10}'),
  ('OM', '968', true, '00', '', '{7,8,9}'), ('PA', '507', true, '00', '', '{7,8,10,11}'),
  ('PE', '51', true, '00', '0', '{8,9}'), ('PF', '689', true, '00', '', '{6,8,9}'),
  ('PG', '675', true, '00', '', '{7,8}'), ('PH', '63', true, '00', '0', '{6,8,9,10,11,12,13}'),
  ('PK', '92', true, '00', '0', '{8,9,10,11,12}'), ('PL', '48', true, '00', '', '{6,7,8,9,10}'),
  ('PM', '508', true, '00', '0', '{6,9}'), ('PR', '1', false, '011', '1', '{10}'),
  ('PS', '970', true, '00', '0', '{8,9,10}'), ('PT', '351', true, '00', '', '{9}'),
  ('PW', '680', true, '00', '', '{7}'), ('PY', '595', true, '00', '0', '{6,7,8,9,10,11}'),
  ('QA', '974', true, '00', '', '{7,8,9,11}'), ('RE', '262', true, '00', '0', '{9}'),
  ('RO', '40', true, '00', '0', '{6,9}'), ('RS', '381', true, '00', '0', '{6,7,8,9,10,11,12}'),
  ('RU', '7', true, '810', '8', '{10,14}'), ('RW', '250', true, '00', '0', '{8,9}'),
  ('SA', '966', true, '00', '0', '{9,10}'), ('SB', '677', true, '00', '', '{5,7}'),
  ('SC', '248', true, '00', '', '{7}'), ('SD', '249', true, '00', '0', '{9}'),
  ('SE', '46', true, '00', '0', '{6,7,8,9,10,12}'), ('SG', '65', true, '00', '', '{8,10,11}'),
  ('SH', '290', true, '00', '', '{4,5}'), ('SI', '386', true, '00', '0', '{5,6,7,8}'),
  ('SJ', '47', false, '00', '', '{5,8}'), ('SK', '421', true, '00', '0', '{6,7,9}'),
  ('SL', '232', true, '00', '0', '{8}'), ('SM', '378', true, '00', '', '{8,10}'),
  ('SN', '221', true, '00', '', '{9}'), ('SO', '252', true, '00', '0', '{6,7,8,9}'),
  ('SR', '597', true, '00', '', '{6,7}'), ('SS', '211', true, '00', '0', '{9}'),
  ('ST', '239', true, '00', '', '{7}'), ('SV', '503', true, '00', '', '{7,8,11}'),
  ('SX', '1', false, '011', '1', '{10}'), ('SY', '963', true, '00', '0', '{8,9}'),
  ('SZ', '268', true, '00', '', '{8,9}'), ('TA', '290', false, '00', '', '{4}'),
  ('TC', '1', false, '011', '1', '{10}'), ('TD', '235', true, '00', '', '{8}'),
  ('TG', '228', true, '00', '', '{8}'), ('TH', '66', true, '00', '0', '{8,9,10,13}'),
  ('TJ', '992', true, '810', '', '{9}'), ('TK', '690', true, '00', '', '{4,5,6,7}'),
  ('TL', '670', true, '00', '', '{7,8}'), ('TM', '993', true, '810', '8', '{8}'),
  ('TN', '216', true, '00', '', '{8}'), ('TO', '676', true, '00', '', '{5,7}'),
  ('TR', '90', true, '00', '0', '{7,10,12,13}'), ('TT', '1', false, '011', '1', '{10}'),
  ('TV', '688', true, '00', '', '{5,6,7}'), ('TW', '886', true, '00', '0', '{7,8,9,10,11}'),
  ('TZ', '255', true, '00', '0', '{9}'), ('UA', '380', true, '00', '0', '{9,10}'),
  ('UG', '256', true, '00', '0', '{9}'), ('US', '1', true, '011', '1', '{10}'),
  ('UY', '598', true, '00', '0', '{4,5,6,7,8,9,10,11,12,13}'), ('UZ', '998', true, '00', '', '{9}'),
  ('VA', '39', false, '00', '', '{6,7,8,9,10,11,12}'), ('VC', '1', false, '011', '1', '{10}'),
  ('VE', '58', true, '00', '0', '{10}'), ('VG', '1', false, '011', '1', '{10}'),
  ('VI', '1', false, '011', '1', '{10}'), ('VN', '84', true, '00', '0', '{7,8,9,10}'),
  ('VU', '678', true, '00', '', '{5,7}'), ('WF', '681', true, '00', '', '{6,9}'),
  ('WS', '685', true, '0', '', '{5,6,7,10}'), ('XK', '383', true, '00', '0', '{8,9,10,11,12}'),
  ('YE', '967', true, '00', '0', '{7,8,9}'), ('YT', '262', false, '00', '0', '{9}'),
  ('ZA', '27', true, '00', '0', '{5,6,7,8,9,10}'), ('ZM', '260', true, '00', '0', '{9}'),
  ('ZW', '263', true, '00', '0', '{7,9,10}');

-- Lower case, without accents: for search and for comparing words.
create function private.fold(p_text text)
returns text
language sql stable
set search_path = ''
as $$ select lower(extensions.unaccent('extensions.unaccent'::regdictionary, p_text)) $$;

-- The exact name, but for case and spaces. Null for what names nobody: no letters, or a word that
-- chat widgets put in for visitors who gave none.
create function private.name_key(p_name text)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when k.key !~ '[[:alpha:]]' then null
    when k.key in ('anonymous', 'anonymous user', 'anonym', 'guest', 'gast', 'visitor', 'website visitor', 'user',
                   'customer', 'unknown', 'unbekannt', 'none', 'null', 'undefined', 'n/a', 'na', 'test') then null
    else k.key
  end
  from (select lower(btrim(regexp_replace(normalize(left(p_name, 200), NFKC), '\s+', ' ', 'g'))) as key) k
$$;

-- Null for what no mail can be sent to; the same pattern as customers_email_valid.
create function private.email_key(p_email text)
returns text
language sql immutable
set search_path = ''
as $$
  select case when char_length(k.key) <= 320 and k.key ~ '^[^@\s]+@[^@\s]+\.[^@\s]+$' then k.key end
  from (select lower(btrim(normalize(left(p_email, 400), NFKC), E' \t\r\n<>,;."''')) as key) k
$$;

-- E.164, national numbers read as the given country dials them. Null for what has an impossible
-- number of digits. Agrees with libphonenumber but for the domestic mobile prefixes of Argentina
-- and Mexico and a few carrier codes.
create function private.phone_key(p_phone text, p_country text)
returns text
language plpgsql stable
set search_path = ''
as $$
declare
  v_text text;
  v_digits text;
  v_home private.calling_codes;
  v_plan private.calling_codes;
  v_rest text;
begin
  if p_phone is null then
    return null;
  end if;
  v_text := translate(left(p_phone, 200), '０１２３４５６７８９＋٠١٢٣٤٥٦٧٨٩', '0123456789+0123456789');
  -- From the first digit or plus up to the first letter ("Tel. 030 123 ext. 4"), semicolon or hash.
  v_text := substring(v_text from '[+0-9(][^[:alpha:];#,]*');
  if v_text is null then
    return null;
  end if;
  v_digits := regexp_replace(v_text, '[^0-9]', '', 'g');
  select * into v_home from private.calling_codes c where c.country = p_country;

  if v_text !~ '^\(?\+' then
    if v_home.country is null then
      return null;
    end if;
    if v_digits like v_home.dial_out || '%' then
      v_digits := substr(v_digits, length(v_home.dial_out) + 1);
    elsif v_digits like '00%' then
      v_digits := substr(v_digits, 3);
    else
      v_rest := private.without_trunk(v_digits, v_home);
      if length(v_rest) = any (v_home.lengths) then
        return '+' || v_home.code || v_rest;
      end if;
      -- The calling code without a plus in front of it.
      if v_digits like v_home.code || '%' then
        v_rest := private.without_trunk(substr(v_digits, length(v_home.code) + 1), v_home);
        if length(v_rest) = any (v_home.lengths) then
          return '+' || v_home.code || v_rest;
        end if;
      end if;
      return null;
    end if;
  end if;

  -- Calling codes are a prefix code: at most one of these is there.
  select * into v_plan
    from private.calling_codes c
   where c.is_main and c.code in (left(v_digits, 1), left(v_digits, 2), left(v_digits, 3));
  if v_plan.country is null then
    return null;
  end if;
  v_rest := private.without_trunk(substr(v_digits, length(v_plan.code) + 1), v_plan);
  if length(v_rest) = any (v_plan.lengths) and length(v_plan.code) + length(v_rest) <= 15 then
    return '+' || v_plan.code || v_rest;
  end if;
  return null;
end
$$;

-- A national number without the digits that are dialled inside the country only: "(0)" in
-- "+44 (0)20 …", too. Where numbers may begin with the same digit ("8" in Russia), it goes only
-- when the number would be too long with it.
create function private.without_trunk(p_digits text, p_plan private.calling_codes)
returns text
language sql immutable
set search_path = ''
as $$
  select case
    when p_plan.trunk = '' or p_digits not like p_plan.trunk || '%' then p_digits
    when left(p_plan.trunk, 1) = '0' or length(p_digits) <> all (p_plan.lengths)
      then substr(p_digits, length(p_plan.trunk) + 1)
    else p_digits
  end
$$;

alter table public.customers
  add column name_key text,
  add column email_key text,
  add column phone_key text;

create function private.key_customer()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  -- A customer that another trigger makes of a chat brings the keys of the chat.
  if tg_op = 'INSERT' and pg_trigger_depth() > 1 and new.name_key is not null
     and (new.phone_key is not null or new.customer_phone is null) then
    return new;
  end if;
  new.name_key := private.name_key(new.customer_name);
  new.email_key := private.email_key(new.customer_email);
  new.phone_key := case
    when new.customer_phone is null then null
    when tg_op = 'UPDATE' and new.customer_phone = old.customer_phone and new.phone_key = old.phone_key
      then old.phone_key
    -- Held until the row can be seen: a change of the country waits for it, so that whoever reads phones anew
    -- finds it.
    else private.phone_key(
      new.customer_phone, (select c.country from public.companies c where c.id = new.company_id for share))
  end;
  return new;
end
$$;
create trigger customers_keys
  before insert or update of
    customer_name, customer_email, customer_phone, name_key, email_key, phone_key
  on public.customers
  for each row execute function private.key_customer();

-- Another country reads national numbers differently. That is too much for one statement at 100,000 customers
-- (1 ms each; a request has eight seconds), so it is noted here, and done in steps (private.rekey_some).
-- Until then a row keeps the key of the country before.
create table private.phone_rekeys (
  company_id uuid primary key references public.companies (id) on delete cascade,
  -- 1: customers, 2: chats, 3: all keys are those of the new country, and chats that waited for that find their customers.
  stage smallint not null default 1,
  -- Done up to this id.
  after_id uuid not null default '00000000-0000-0000-0000-000000000000'
);
alter table private.phone_rekeys enable row level security;
alter table private.phone_rekeys force row level security;

create function private.begin_rekeying()
returns trigger
language plpgsql security definer
set search_path = ''
as $$
begin
  insert into private.phone_rekeys (company_id) values (new.id)
      on conflict (company_id) do update set stage = default, after_id = default;
  return null;
end
$$;
create trigger companies_rekey
  after update of country on public.companies
  for each row when (old.country is distinct from new.country)
  execute function private.begin_rekeying();

-- Whether the phones of a company are keyed by two countries now, so that nobody can be told by them.
create function private.is_rekeying(p_company uuid)
returns boolean
language sql stable
set search_path = ''
as $$ select exists (select from private.phone_rekeys r where r.company_id = p_company and r.stage < 3) $$;

-- The customers that were there before.
update public.customers set name_key = null where true;

revoke execute on function
  private.fold(text),
  private.name_key(text),
  private.email_key(text),
  private.phone_key(text, text),
  private.without_trunk(text, private.calling_codes),
  private.key_customer(),
  private.begin_rekeying(),
  private.is_rekeying(uuid)
  from public, anon, authenticated;
