drop trigger vc_usage_zz_follow_merge on public."VC Usage";
drop trigger quotes_zz_follow_merge on public.quotes;
drop trigger customer_interactions_zz_follow_merge on public.customer_interactions;
drop function private.follow_merge();
drop table private.merge_moves;
drop function private.customer_followers();
drop function private.merged_family(uuid, uuid);
drop function private.live_end(uuid, uuid);
