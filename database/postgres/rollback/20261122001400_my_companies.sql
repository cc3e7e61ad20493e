drop function public.my_companies;
