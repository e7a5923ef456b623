% SPDX-License-Identifier: GPL-3.0-or-later
% octave read_octave.m FILE: every threshold. Octave's load reads all columns, and no attributes.
% Kinds 2 (practice) and 4 (hold) are no thresholds; files of 1.0 have no column kind. Amendments are not applied.
args = argv();
s = load("-hdf5", args{end});
r = s.results;
if (! isfield(r, "kind")) r.kind = ones(size(r.trial)); end
for i = find(r.kind(:)' == 1 | r.kind(:)' == 3)
  site = r.site_code(i, r.site_code(i, :) != 0);
  printf("%d,%s,%d,%s\n", r.trial(i), strtrim(site), r.status(i), tolower(sprintf("%.6f", r.ppt_kpa(i))));
end
