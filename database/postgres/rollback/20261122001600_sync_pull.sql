drop function public.sync_pull;
drop view private.customer_wire;
