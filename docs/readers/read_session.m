% SPDX-License-Identifier: GPL-3.0-or-later
% octave read_session.m FILE: prints every press. Octave's load does not read attributes, so what stands in
% the root (tip area, simulated or not) is not seen here.
args = argv();
s = load("-hdf5", args{end});
words = {"accepted", "rejected", "censored", "missing"};
for i = 1:numel(s.results.trial)
  if isnan(s.results.ppt_kpa(i))
    ppt = "nan";
  else
    ppt = sprintf("%.6f", s.results.ppt_kpa(i));
  end
  printf("%d %s %s %s\n", s.results.trial(i), strtrim(s.results.site_code(i, :)), words{s.results.status(i)}, ppt);
end
