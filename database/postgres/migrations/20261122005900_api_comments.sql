-- What the tables and functions of the API are for, in the catalogue: docs/openapi.json and
-- docs/schema.md are made from it, and so are the help texts of tools that read it. By name, so that
-- a function may change its arguments without this file.

do $$
declare
  v record;
begin
  for v in
    select * from (values
      ('companies', 'The tenants: everything else belongs to one of them.'),
      ('company_members', 'Who belongs to a company, in which role. Whoever has no row here sees nothing of the company.'),
      ('invitations', 'People who were invited to a company and have not come yet.'),
      ('customers', 'The customers. Deleted ones stay as tombstones (deleted_at), merged ones name their target (merged_into).'),
      ('VC Usage', 'The log of the chat assistant, under the name it has always had. Contact data is denormalised for its existing readers.'),
      ('customer_suggestions', 'Values that chats gave where customers have others: offered, never written by themselves.'),
      ('chat_link_candidates', 'The review queue: chats that could not be linked without guessing, with ranked candidates.'),
      ('customer_sync_status', 'Per company: chats, linked, unlinked, awaiting review, and the rate.'),
      ('customer_interactions', 'Who looked at, called, wrote to or met a customer, and when.'),
      ('quotes', 'Quotes made for customers, by another system.'),
      ('quote_requests', 'Wishes for a new quote, answered by whatever makes the quotes.'),
      ('customer_merges', 'What was merged into what, with what is needed to take it back.'),
      ('customer_merge_sources', 'The customers that went into a merge, as they were.'),
      ('duplicate_dismissals', 'Pairs of customers that somebody has told apart: never offered as duplicates again.'),
      ('audit_log', 'Who did what, when. Append-only, written by triggers.'),
      ('saved_filters', 'Filters that people keep for themselves or share with the company.'),
      ('import_batches', 'One row an import, so that it can be reported and undone.'),
      ('devices', 'Replicas that have registered, so that an erasure knows whom it must reach.'),
      ('erasures', 'That a customer was erased for good, when, by whom and why; nothing about the person.'),
      ('erasure_receipts', 'Which devices have forgotten an erased customer.')
    ) as t (name, text)
  loop
    if to_regclass(format('public.%I', v.name)) is not null then
      execute format('comment on %s public.%I is %L',
        case (select c.relkind from pg_catalog.pg_class c where c.oid = to_regclass(format('public.%I', v.name)))
          when 'v' then 'view' else 'table' end, v.name, v.text);
    end if;
  end loop;

  for v in
    select p.oid::regprocedure as signature, t.text
      from (values
        ('my_companies', 'The caller''s companies, each with the caller''s role and all members.'),
        ('list_customers', 'A page of the living customers by name or by creation, behind the row p_after (keyset). p_filter: hasEmail, hasPhone, hasAddress, source, tag, ownerId.'),
        ('search_customers', 'Customers that match a query, best first: words, beginnings of names and e-mail addresses, phones however written; where nothing matches, what looks like it.'),
        ('get_customer', 'One customer with its last 50 conversations and interactions, its quotes and open suggestions. Null where there is none.'),
        ('customer_conversations', 'Conversations of a customer, newest first, behind the one at p_before with the id p_before_id.'),
        ('sync_pull', 'A page of a collection behind a checkpoint, for replicas: gap-free whatever the order of commits. See docs/sync.md.'),
        ('sync_pull_all', 'A page of each of several collections in one round trip, for replicas. See docs/sync.md.'),
        ('sync_push', 'Applies a batch of changes and answers with a verdict for each, for replicas: applied, conflict or rejected. A repeat is harmless. See docs/sync.md.'),
        ('merge_customers', 'Merges customers into one: conversations, quotes and interactions follow. p_choices: field to {"from": id}, {"value": typed} or {"combine": true}. Owners and managers.'),
        ('unmerge_customers', 'Takes a merge back, at once or weeks later; edits made since stay. Owners and managers.'),
        ('enrich_customer', 'Aggregates the conversations of a customer: counts, last seen, summaries, suggestions.'),
        ('chats_to_review', 'The chats that wait for a person, newest first, each with ranked candidates.'),
        ('link_chat', 'Says whose chat it is. Whoever may edit the customer.'),
        ('unlink_chat', 'Takes a chat away from its customer; it goes back to the review queue.'),
        ('settle_suggestion', 'Accepts or dismisses a value that a chat suggested.'),
        ('find_or_create_customer_from_chat', 'Links one chat to its customer, made where it is missing, or says why it waits. Service role only.'),
        ('export_customer_data', 'All personal data of one customer, as JSON. Owners, managers and analysts; the log says that it was asked for.'),
        ('record_export', 'Enters an export of customers in the log. Owners, managers and analysts.'),
        ('erase_customer', 'Anonymises a customer for good, everywhere, with everybody merged into them. Owners only.'),
        ('erasure_status', 'Per erasure, which devices have forgotten and which have not yet. Owners only.'),
        ('acknowledge_erasure', 'A replica says that it holds nothing of an erased customer any more.'),
        ('dismiss_erasure_flag', 'Settles the flag of a customer who came back after an erasure. Owners only.'),
        ('register_device', 'A replica says that it exists, so that erasures wait for it.'),
        ('set_retention', 'How many years customers without a sign of life are kept; null: for ever. Owners only.'),
        ('retention_candidates', 'Whom retention would erase. Owners only.'),
        ('apply_retention', 'Erases expired customers, or only says whom (p_dry_run, the default). Owners only.'),
        ('update_company', 'Renames the company, or reads national phone numbers as those of another country. Owners only.'),
        ('rekey_phones', 'Reads phone numbers anew after a change of the country, for two seconds; answers how many are left. Owners only.'),
        ('set_chat_link', 'Where a chat opens in the assistant: https with {session} for its id; null: nowhere. Owners only.'),
        ('members_and_invitations', 'Everybody of a company with what hangs on them, and the open invitations. Owners only.'),
        ('company_devices', 'The devices with a replica of the company; for others than owners their own.'),
        ('forget_device', 'Notes that a device will not come back: erasures wait for it no longer. Owners; others their own.'),
        ('confirm_sign_out', 'A device that was signed out says that the company has left it.'),
        ('sign_out_device', 'Ends the sign-in of one device for the company, until its person signs in there again. Owners; others their own.'),
        ('privacy_overview', 'The years customers are kept, what the blocklist remembers, and whom it knows again. Owners only.'),
        ('company_log', 'What happened in a company, newest first: people, deletions, merges, exports, erasures, imports. Owners and managers.'),
        ('invite_member', 'Invites somebody by e-mail; answers with a token that is shown this once. Owners only.'),
        ('accept_invitation', 'Joins the company of an invitation, for whom it was made out to.'),
        ('revoke_invitation', 'Takes an open invitation back. Owners only.'),
        ('change_member_role', 'Gives a member another role, at once. Owners only; the last owner stays one.'),
        ('revoke_member', 'Lets a member go, at once. Their customers stay, without an owner; filters they shared go to an owner. Owners only.')
      ) as t (name, text)
      join pg_catalog.pg_proc p on p.proname = t.name and p.pronamespace = 'public'::regnamespace
  loop
    execute format('comment on function %s is %L', v.signature, v.text);
  end loop;
end
$$;
