% SPDX-License-Identifier: GPL-3.0-or-later
% octave read_octave.m FILE: every press. Octave's load reads all columns, and no attributes.
args = argv();
s = load("-hdf5", args{end});
r = s.results;
for i = 1:numel(r.trial)
  site = r.site_code(i, r.site_code(i, :) != 0);
  printf("%d,%s,%d,%s\n", r.trial(i), strtrim(site), r.status(i), tolower(sprintf("%.6f", r.ppt_kpa(i))));
end
