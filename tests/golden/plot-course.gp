unset macros
set encoding utf8
set decimalsign "."
set minussign
set terminal svg size 680,1443 fixed noenhanced font "sans-serif,14.667" linewidth 1 background rgb "#ffffff"
mark = 0.6818
set multiplot
unset key
set border 3 linecolor rgb "#6e6e6e"
set tics nomirror out scale 0.6 textcolor rgb "#1a1a1a"
set style fill solid 1.0 noborder
set object rectangle from screen 0.75672,0.97913 to screen 0.98889,0.99476 fillcolor rgb "#1a1a1a" fillstyle solid 1.0 noborder behind
set label 1 "SIMULATED DATA" at screen 0.87281,0.98695 center font "sans-serif Bold,14.667" textcolor rgb "#ffffff" front
set label 2 "P012: course of the PPT, 2026-03-02 to 2026-04-06" at screen 0.02222,0.98504 left font "sans-serif Bold,16.000" textcolor rgb "#1a1a1a" front
set label 3 "▲ Rose by more than measurement error at two visits in a row: Upper trapezius," at screen 0.02222,0.96882 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 4 "midpoint, right; Infraspinatus, right; Suboccipital, right. ▼ Fell by more than" at screen 0.02222,0.95581 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 5 "measurement error at two visits in a row: Rhomboid major, right. Cannot be judged" at screen 0.02222,0.94280 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 6 "(ceiling): Tibialis anterior, right. Not distinguishable from measurement error: 7 points." at screen 0.02222,0.92979 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 7 "Upper trapezius, midpoint (primary)" at screen 0.02222,0.90892 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.02222,0.89591 to screen 0.05556,0.89591 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set label 8 "R ▲ +128 kPa (+61 \045)" at screen 0.06389,0.89591 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.02222,0.88185 to screen 0.05556,0.88185 nohead front linewidth 1.2 dashtype 2 linecolor rgb "#8c8c8c"
set label 9 "L +20 kPa: within measurement error" at screen 0.06389,0.88185 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 10 "PPT (kPa)" at screen 0.03056,0.84025 center rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.21516,0.87247 to screen 0.21516,0.80803 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.33569,0.87247 to screen 0.33569,0.80803 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.39595,0.87247 to screen 0.39595,0.80803 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set lmargin at screen 0.12778
set rmargin at screen 0.48333
set tmargin at screen 0.87247
set bmargin at screen 0.80803
set xrange [-0.450000:5.450000]
set yrange [93.6373:408.5601]
set ytics 100
set format "%g"
unset xtics
$p0_band << EOD
0 148.684735 268.684735
5.45 148.684735 268.684735
EOD
$p0_base << EOD
0 208.684735
5.45 208.684735
EOD
$p0_line2 << EOD
0 296.924933
1 299.989337
2 301.20643
2.8340625 320.287137
4 317.560845
5 316.871877
EOD
$p0_dots2 << EOD
0 286.1692
0 315.666002
0 288.939598
1 298.038993
1 300.460757
1 301.468262
2 286.958685
2 306.4352
2 310.225405
2.8340625 325.811077
2.8340625 330.521791
2.8340625 304.528545
3.1659375 312.510461
3.1659375 315.976171
3.1659375 296.799282
4 326.242215
4 317.396208
4 309.044111
5 314.933019
5 312.718263
5 322.964349
EOD
$p0_mark2 << EOD
0 296.924933
1 299.989337
2 301.20643
2.8340625 320.287137
3.1659375 308.428638
4 317.560845
5 316.871877
EOD
$p0_stub << EOD
2.8340625 280.85088
3.1659375 312.19902

EOD
$p0_line << EOD
0 208.684735
1 233.006539
2 257.062555
2.8340625 280.85088
4 308.609437
5 336.786824
EOD
$p0_dots << EOD
0 201.832537
0 222.550254
0 201.671414
1 226.594807
1 241.565481
1 230.859329
2 249.454858
2 251.808306
2 269.924501
2.8340625 271.364612
2.8340625 285.690959
2.8340625 285.497068
3.1659375 306.606882
3.1659375 307.179604
3.1659375 322.810575
4 302.810425
4 305.76774
4 317.250146
5 324.725024
5 332.122868
5 353.51258
EOD
$p0_mark << EOD
0 208.684735
1 233.006539
2 257.062555
EOD
$p0_postx << EOD
3.1659375 312.19902
EOD
$p0_rise << EOD
2.8340625 280.85088
4 308.609437
5 336.786824
EOD
plot $p0_band using 1:2:3 with filledcurves linecolor rgb "#e4e4e4", $p0_base with lines linewidth 1 dashtype 3 linecolor rgb "#6e6e6e", $p0_line2 with lines linewidth 1.2 dashtype 2 linecolor rgb "#8c8c8c", $p0_dots2 with points pointtype 7 pointsize 0.22*mark linecolor rgb "#b4b4b4", $p0_mark2 with points pointtype 4 pointsize 0.7*mark linewidth 1.2 linecolor rgb "#6e6e6e", $p0_stub with lines linewidth 1.2 dashtype 3 linecolor rgb "#1a1a1a", $p0_line with lines linewidth 1.8 linecolor rgb "#1a1a1a", $p0_dots with points pointtype 7 pointsize 0.25*mark linecolor rgb "#909090", $p0_mark with points pointtype 6 pointsize 0.9*mark linewidth 1.8 linecolor rgb "#1a1a1a", $p0_postx with points pointtype 13 pointsize 1.1*mark linecolor rgb "#1a1a1a", $p0_rise with points pointtype 9 pointsize 1.15*mark linecolor rgb "#0072b2"
unset label
unset arrow
unset object
set label 1 "Levator scapulae (target)" at screen 0.51667,0.90892 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51667,0.89591 to screen 0.55000,0.89591 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set label 2 "R +9 kPa: within measurement error" at screen 0.55833,0.89591 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51667,0.88185 to screen 0.55000,0.88185 nohead front linewidth 1.2 dashtype 2 linecolor rgb "#8c8c8c"
set label 3 "L +6 kPa: within measurement error" at screen 0.55833,0.88185 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 4 "PPT (kPa)" at screen 0.52500,0.84025 center rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.70960,0.87247 to screen 0.70960,0.80803 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.83013,0.87247 to screen 0.83013,0.80803 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.89040,0.87247 to screen 0.89040,0.80803 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set label 5 "L:p" at screen 0.76987,0.81484 center font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set lmargin at screen 0.62222
set rmargin at screen 0.97778
set tmargin at screen 0.87247
set bmargin at screen 0.80803
set xrange [-0.450000:5.450000]
set yrange [85.8733:400.7961]
set ytics 100
set format "%g"
unset xtics
$p1_band << EOD
0 194.32101 314.32101
5.45 194.32101 314.32101
EOD
$p1_base << EOD
0 254.32101
5.45 254.32101
EOD
$p1_line2 << EOD
0 333.804287
1 322.647062

2.8340625 334.38836
4 322.182472
5 339.605439
EOD
$p1_dots2 << EOD
0 339.810167
0 334.200805
0 327.40189
1 330.604194
1 321.542779
1 315.794213
2.8340625 341.905317
2.8340625 329.131067
2.8340625 332.128697
3.1659375 327.857689
3.1659375 341.200865
3.1659375 337.477009
4 325.404225
4 314.654335
4 326.488856
5 351.236315
5 330.135454
5 337.444548
EOD
$p1_mark2 << EOD
0 333.804287
1 322.647062
2.8340625 334.38836
3.1659375 335.511855
4 322.182472
5 339.605439
EOD
$p1_stub << EOD
2.8340625 262.221331
3.1659375 262.646509

EOD
$p1_line << EOD
0 254.32101
1 262.097371
2 236.934219
2.8340625 262.221331
4 248.126457
5 263.509634
EOD
$p1_dots << EOD
0 256.429336
0 246.329838
0 260.203857
1 251.589976
1 263.942357
1 270.759779
2 229.841834
2 237.46839
2 243.492434
2.8340625 264.932781
2.8340625 260.454439
2.8340625 261.276772
3.1659375 258.514483
3.1659375 261.784163
3.1659375 267.640882
4 247.782411
4 242.24402
4 254.352941
5 258.441014
5 269.834409
5 262.253478
EOD
$p1_mark << EOD
0 254.32101
1 262.097371
2 236.934219
2.8340625 262.221331
4 248.126457
5 263.509634
EOD
$p1_post << EOD
3.1659375 262.646509
EOD
plot $p1_band using 1:2:3 with filledcurves linecolor rgb "#e4e4e4", $p1_base with lines linewidth 1 dashtype 3 linecolor rgb "#6e6e6e", $p1_line2 with lines linewidth 1.2 dashtype 2 linecolor rgb "#8c8c8c", $p1_dots2 with points pointtype 7 pointsize 0.22*mark linecolor rgb "#b4b4b4", $p1_mark2 with points pointtype 4 pointsize 0.7*mark linewidth 1.2 linecolor rgb "#6e6e6e", $p1_stub with lines linewidth 1.2 dashtype 3 linecolor rgb "#1a1a1a", $p1_line with lines linewidth 1.8 linecolor rgb "#1a1a1a", $p1_dots with points pointtype 7 pointsize 0.25*mark linecolor rgb "#909090", $p1_mark with points pointtype 6 pointsize 0.9*mark linewidth 1.8 linecolor rgb "#1a1a1a", $p1_post with points pointtype 12 pointsize 1.0*mark linewidth 1.5 linecolor rgb "#1a1a1a"
unset label
unset arrow
unset object
set label 1 "Infraspinatus (target)" at screen 0.02222,0.79104 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.02222,0.77803 to screen 0.05556,0.77803 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set label 2 "R ▲ +103 kPa (+45 \045)" at screen 0.06389,0.77803 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.02222,0.76398 to screen 0.05556,0.76398 nohead front linewidth 1.2 dashtype 2 linecolor rgb "#8c8c8c"
set label 3 "L +2 kPa: within measurement error" at screen 0.06389,0.76398 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 4 "PPT (kPa)" at screen 0.03056,0.72839 center rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.21516,0.75459 to screen 0.21516,0.70220 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.33569,0.75459 to screen 0.33569,0.70220 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.39595,0.75459 to screen 0.39595,0.70220 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set lmargin at screen 0.12778
set rmargin at screen 0.48333
set tmargin at screen 0.75459
set bmargin at screen 0.70220
set xrange [-0.450000:5.450000]
set yrange [129.0559:385.0908]
set ytics 100
set format "%g"
unset xtics
$p2_band << EOD
0 169.732427 289.732427
5.45 169.732427 289.732427
EOD
$p2_base << EOD
0 229.732427
5.45 229.732427
EOD
$p2_line2 << EOD
0 325.041563
1 329.150552
2 327.619919
2.8340625 311.143105
4 335.904106
5 327.399047
EOD
$p2_dots2 << EOD
0 328.650742
0 315.645126
0 330.82882
1 342.821624
1 318.37974
1 326.250291
2 324.44075
2 333.574038
2 324.844968
2.8340625 319.44643
2.8340625 301.300171
2.8340625 312.682715
3.1659375 316.619315
3.1659375 318.330819
3.1659375 318.329836
4 336.922051
4 327.777188
4 343.01308
5 344.414278
5 314.963647
5 322.819217
EOD
$p2_mark2 << EOD
0 325.041563
1 329.150552
2 327.619919
2.8340625 311.143105
3.1659375 317.75999
4 335.904106
5 327.399047
EOD
$p2_stub << EOD
2.8340625 254.736476
3.1659375 278.737872

EOD
$p2_line << EOD
0 229.732427
1 222.983963
2 245.390569
2.8340625 254.736476
4 312.058572
5 332.938611
EOD
$p2_dots << EOD
0 229.449883
0 219.773715
0 239.973683
1 223.090745
1 230.605437
1 215.255707
2 234.349425
2 255.253849
2 246.568434
2.8340625 253.513516
2.8340625 257.627069
2.8340625 253.068843
3.1659375 277.326553
3.1659375 286.637655
3.1659375 272.249409
4 299.740903
4 325.288708
4 311.146105
5 329.555008
5 341.210179
5 328.050645
EOD
$p2_mark << EOD
0 229.732427
1 222.983963
2 245.390569
2.8340625 254.736476
EOD
$p2_post << EOD
3.1659375 278.737872
EOD
$p2_rise << EOD
4 312.058572
5 332.938611
EOD
plot $p2_band using 1:2:3 with filledcurves linecolor rgb "#e4e4e4", $p2_base with lines linewidth 1 dashtype 3 linecolor rgb "#6e6e6e", $p2_line2 with lines linewidth 1.2 dashtype 2 linecolor rgb "#8c8c8c", $p2_dots2 with points pointtype 7 pointsize 0.22*mark linecolor rgb "#b4b4b4", $p2_mark2 with points pointtype 4 pointsize 0.7*mark linewidth 1.2 linecolor rgb "#6e6e6e", $p2_stub with lines linewidth 1.2 dashtype 3 linecolor rgb "#1a1a1a", $p2_line with lines linewidth 1.8 linecolor rgb "#1a1a1a", $p2_dots with points pointtype 7 pointsize 0.25*mark linecolor rgb "#909090", $p2_mark with points pointtype 6 pointsize 0.9*mark linewidth 1.8 linecolor rgb "#1a1a1a", $p2_post with points pointtype 12 pointsize 1.0*mark linewidth 1.5 linecolor rgb "#1a1a1a", $p2_rise with points pointtype 9 pointsize 1.15*mark linecolor rgb "#0072b2"
unset label
unset arrow
unset object
set label 1 "Rhomboid major (target)" at screen 0.51667,0.79104 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51667,0.77803 to screen 0.55000,0.77803 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set label 2 "R ▼ −88 kPa (−29 \045)" at screen 0.55833,0.77803 left font "sans-serif Bold,14.667" textcolor rgb "#d55e00" front
set arrow from screen 0.51667,0.76398 to screen 0.55000,0.76398 nohead front linewidth 1.2 dashtype 2 linecolor rgb "#8c8c8c"
set label 3 "L +3 kPa: within measurement error" at screen 0.55833,0.76398 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 4 "PPT (kPa)" at screen 0.52500,0.72839 center rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.70960,0.75459 to screen 0.70960,0.70220 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.83013,0.75459 to screen 0.83013,0.70220 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.89040,0.75459 to screen 0.89040,0.70220 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set lmargin at screen 0.62222
set rmargin at screen 0.97778
set tmargin at screen 0.75459
set bmargin at screen 0.70220
set xrange [-0.450000:5.450000]
set yrange [158.0111:414.0459]
set ytics 100
set format "%g"
unset xtics
$p3_band << EOD
0 242.932437 362.932437
5.45 242.932437 362.932437
EOD
$p3_base << EOD
0 302.932437
5.45 302.932437
EOD
$p3_line2 << EOD
0 352.509422
1 350.185398
2 347.58429
2.8340625 343.296037
4 349.633698
5 356.007263
EOD
$p3_dots2 << EOD
0 352.413896
0 349.312726
0 355.801644
1 360.509789
1 355.436375
1 334.610031
2 350.829492
2 339.81436
2 352.109017
2.8340625 349.639607
2.8340625 343.422885
2.8340625 336.82562
3.1659375 364.755912
3.1659375 357.459771
3.1659375 367.178933
4 348.498235
4 339.655059
4 360.747801
5 364.683247
5 349.475998
5 353.862545
EOD
$p3_mark2 << EOD
0 352.509422
1 350.185398
2 347.58429
2.8340625 343.296037
3.1659375 363.131539
4 349.633698
5 356.007263
EOD
$p3_stub << EOD
2.8340625 253.037653
3.1659375 243.683894

EOD
$p3_line << EOD
0 302.932437
1 278.209013
2 264.940157
2.8340625 253.037653
4 224.237423
5 214.637769
EOD
$p3_dots << EOD
0 309.529879
0 311.84118
0 287.426252
1 275.651621
1 280.520625
1 278.454793
2 264.38787
2 255.442559
2 274.990043
2.8340625 246.302037
2.8340625 252.048741
2.8340625 260.76218
3.1659375 236.856682
3.1659375 249.738346
3.1659375 244.456654
4 219.921247
4 220.5134
4 232.27762
5 215.205618
5 204.87799
5 223.829699
EOD
$p3_mark << EOD
0 302.932437
1 278.209013
2 264.940157
2.8340625 253.037653
EOD
$p3_post << EOD
3.1659375 243.683894
EOD
$p3_fall << EOD
4 224.237423
5 214.637769
EOD
plot $p3_band using 1:2:3 with filledcurves linecolor rgb "#e4e4e4", $p3_base with lines linewidth 1 dashtype 3 linecolor rgb "#6e6e6e", $p3_line2 with lines linewidth 1.2 dashtype 2 linecolor rgb "#8c8c8c", $p3_dots2 with points pointtype 7 pointsize 0.22*mark linecolor rgb "#b4b4b4", $p3_mark2 with points pointtype 4 pointsize 0.7*mark linewidth 1.2 linecolor rgb "#6e6e6e", $p3_stub with lines linewidth 1.2 dashtype 3 linecolor rgb "#1a1a1a", $p3_line with lines linewidth 1.8 linecolor rgb "#1a1a1a", $p3_dots with points pointtype 7 pointsize 0.25*mark linecolor rgb "#909090", $p3_mark with points pointtype 6 pointsize 0.9*mark linewidth 1.8 linecolor rgb "#1a1a1a", $p3_post with points pointtype 12 pointsize 1.0*mark linewidth 1.5 linecolor rgb "#1a1a1a", $p3_fall with points pointtype 11 pointsize 1.15*mark linecolor rgb "#d55e00"
unset label
unset arrow
unset object
set label 1 "Suboccipital (target)" at screen 0.02222,0.68522 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.02222,0.67221 to screen 0.05556,0.67221 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set label 2 "R ▲ +86 kPa (+48 \045)" at screen 0.06389,0.67221 left font "sans-serif Bold,14.667" textcolor rgb "#0072b2" front
set arrow from screen 0.02222,0.65815 to screen 0.05556,0.65815 nohead front linewidth 1.2 dashtype 2 linecolor rgb "#8c8c8c"
set label 3 "L +6 kPa: within measurement error" at screen 0.06389,0.65815 left font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 4 "PPT (kPa)" at screen 0.03056,0.62257 center rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.21516,0.64876 to screen 0.21516,0.59637 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.33569,0.64876 to screen 0.33569,0.59637 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.39595,0.64876 to screen 0.39595,0.59637 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set lmargin at screen 0.12778
set rmargin at screen 0.48333
set tmargin at screen 0.64876
set bmargin at screen 0.59637
set xrange [-0.450000:5.450000]
set yrange [68.7932:324.8280]
set ytics 100
set format "%g"
unset xtics
$p4_band << EOD
0 118.678036 238.678036
5.45 118.678036 238.678036
EOD
$p4_base << EOD
0 178.678036
5.45 178.678036
EOD
$p4_line2 << EOD
0 223.145195
1 233.755762
2 227.291773
2.8340625 214.090449
4 239.959885
5 228.8829
EOD
$p4_dots2 << EOD
0 230.459693
0 222.132755
0 216.843137
1 227.159868
1 235.537446
1 238.569972
2 229.276334
2 220.606206
2 231.99278
2.8340625 210.63092
2.8340625 209.117509
2.8340625 222.522916
3.1659375 224.660573
3.1659375 238.408957
3.1659375 234.203903
4 239.567218
4 237.16799
4 243.144445
5 231.270703
5 220.932893
5 234.445104
EOD
$p4_mark2 << EOD
0 223.145195
1 233.755762
2 227.291773
2.8340625 214.090449
3.1659375 232.424478
4 239.959885
5 228.8829
EOD
$p4_stub << EOD
2.8340625 239.918086
3.1659375 243.036949

EOD
$p4_line << EOD
0 178.678036
1 201.934078
2 217.088534
2.8340625 239.918086
4 246.726754
5 265.05866
EOD
$p4_dots << EOD
0 176.643717
0 179.38331
0 180.00708
1 194.129455
1 206.7998
1 204.872978
2 210.679388
2 223.321072
2 217.265141
2.8340625 243.328114
2.8340625 235.865631
2.8340625 240.560513
3.1659375 248.502307
3.1659375 234.37762
3.1659375 246.230919
4 247.32605
4 254.289243
4 238.564969
5 249.813631
5 270.419196
5 274.943153
EOD
$p4_mark << EOD
0 178.678036
1 201.934078
2 217.088534
EOD
$p4_postx << EOD
3.1659375 243.036949
EOD
$p4_rise << EOD
2.8340625 239.918086
4 246.726754
5 265.05866
EOD
plot $p4_band using 1:2:3 with filledcurves linecolor rgb "#e4e4e4", $p4_base with lines linewidth 1 dashtype 3 linecolor rgb "#6e6e6e", $p4_line2 with lines linewidth 1.2 dashtype 2 linecolor rgb "#8c8c8c", $p4_dots2 with points pointtype 7 pointsize 0.22*mark linecolor rgb "#b4b4b4", $p4_mark2 with points pointtype 4 pointsize 0.7*mark linewidth 1.2 linecolor rgb "#6e6e6e", $p4_stub with lines linewidth 1.2 dashtype 3 linecolor rgb "#1a1a1a", $p4_line with lines linewidth 1.8 linecolor rgb "#1a1a1a", $p4_dots with points pointtype 7 pointsize 0.25*mark linecolor rgb "#909090", $p4_mark with points pointtype 6 pointsize 0.9*mark linewidth 1.8 linecolor rgb "#1a1a1a", $p4_postx with points pointtype 13 pointsize 1.1*mark linecolor rgb "#1a1a1a", $p4_rise with points pointtype 9 pointsize 1.15*mark linecolor rgb "#0072b2"
unset label
unset arrow
unset object
set label 1 "Tibialis anterior (control)" at screen 0.02222,0.57939 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.02222,0.56638 to screen 0.05556,0.56638 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set label 2 "R at least +43 kPa: above the ceiling" at screen 0.06389,0.56638 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 3 "PPT (kPa)" at screen 0.03056,0.51534 center rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.15490,0.47474 to screen 0.15490,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 4 "0" at screen 0.15490,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.21516,0.47474 to screen 0.21516,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 5 "1" at screen 0.21516,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.27542,0.47474 to screen 0.27542,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 6 "2" at screen 0.27542,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.33569,0.47474 to screen 0.33569,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 7 "3" at screen 0.33569,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.39595,0.47474 to screen 0.39595,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 8 "4" at screen 0.39595,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.45621,0.47474 to screen 0.45621,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 9 "5" at screen 0.45621,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 10 "week" at screen 0.11111,0.46531 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 11 "day" at screen 0.11111,0.44331 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 12 "2 Mar" at screen 0.15490,0.42884 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 13 "9 Mar" at screen 0.21516,0.42884 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 14 "16 Mar" at screen 0.27542,0.42237 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 15 "23 Mar" at screen 0.33569,0.42237 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 16 "30 Mar" at screen 0.39595,0.42237 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 17 "6 Apr" at screen 0.45621,0.43043 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.21516,0.52348 to screen 0.21516,0.47474 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.33569,0.52348 to screen 0.33569,0.47474 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.39595,0.52348 to screen 0.39595,0.47474 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set label 18 "> 600 (≥ +43)" at screen 0.32569,0.53029 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set lmargin at screen 0.12778
set rmargin at screen 0.48333
set tmargin at screen 0.55594
set bmargin at screen 0.47474
set xrange [-0.450000:5.450000]
set yrange [428.4000:825.2540]
set ytics 100
set format "%g"
unset xtics
$p5_band << EOD
0 496.417414 616.417414
5.45 496.417414 616.417414
EOD
$p5_base << EOD
0 556.417414
5.45 556.417414
EOD
$p5_line << EOD
0 556.417414
1 569.808196
2 571.538074

EOD
$p5_dots << EOD
0 530.729625
0 576.866521
0 561.656095
1 569.624359
1 560.196279
1 579.603951
2 538.948362
2 591.233933
2 584.431927
EOD
$p5_mark << EOD
0 556.417414
1 569.808196
2 571.538074
EOD
$p5_cens << EOD
2.8340625 600 0 64.0087015
3.1659375 600 0 64.0087015
4 600 0 64.0087015
5 600 0 64.0087015
EOD
plot $p5_band using 1:2:3 with filledcurves linecolor rgb "#e4e4e4", $p5_base with lines linewidth 1 dashtype 3 linecolor rgb "#6e6e6e", $p5_line with lines linewidth 1.8 linecolor rgb "#1a1a1a", $p5_dots with points pointtype 7 pointsize 0.25*mark linecolor rgb "#909090", $p5_mark with points pointtype 6 pointsize 0.9*mark linewidth 1.8 linecolor rgb "#1a1a1a", $p5_cens with vectors head filled size screen 0.012,22 linewidth 2.2 linecolor rgb "#1a1a1a"
unset label
unset arrow
unset object
set label 1 "Thenar eminence (control)" at screen 0.51667,0.57939 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51667,0.56638 to screen 0.55000,0.56638 nohead front linewidth 1.8 dashtype 1 linecolor rgb "#1a1a1a"
set label 2 "R +3 kPa: within measurement error" at screen 0.55833,0.56638 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 3 "PPT (kPa)" at screen 0.52500,0.51534 center rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.64934,0.47474 to screen 0.64934,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 4 "0" at screen 0.64934,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.70960,0.47474 to screen 0.70960,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 5 "1" at screen 0.70960,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.76987,0.47474 to screen 0.76987,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 6 "2" at screen 0.76987,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.83013,0.47474 to screen 0.83013,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 7 "3" at screen 0.83013,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.89040,0.47474 to screen 0.89040,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 8 "4" at screen 0.89040,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.95066,0.47474 to screen 0.95066,0.47160 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 9 "5" at screen 0.95066,0.46531 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 10 "week" at screen 0.60556,0.46531 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 11 "day" at screen 0.60556,0.44331 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 12 "2 Mar" at screen 0.64934,0.42884 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 13 "9 Mar" at screen 0.70960,0.42884 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 14 "16 Mar" at screen 0.76987,0.42237 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 15 "23 Mar" at screen 0.83013,0.42237 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 16 "30 Mar" at screen 0.89040,0.42237 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 17 "6 Apr" at screen 0.95066,0.43043 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set arrow from screen 0.70960,0.55594 to screen 0.70960,0.47474 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.83013,0.55594 to screen 0.83013,0.47474 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.89040,0.55594 to screen 0.89040,0.47474 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set label 18 "s" at screen 0.84013,0.48155 center font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set lmargin at screen 0.62222
set rmargin at screen 0.97778
set tmargin at screen 0.55594
set bmargin at screen 0.47474
set xrange [-0.450000:5.450000]
set yrange [180.6940:577.5479]
set ytics 100
set format "%g"
unset xtics
$p6_band << EOD
0 348.564951 468.564951
5.45 348.564951 468.564951
EOD
$p6_base << EOD
0 408.564951
5.45 408.564951
EOD
$p6_line << EOD
0 408.564951
1 418.255067
2 395.389442
2.8340625 432.982202
4 410.923572
5 411.233781
EOD
$p6_dots << EOD
0 409.195925
0 395.248001
0 421.250928
1 422.294546
1 424.039067
1 408.43159
2 392.808173
2 395.555279
2 397.804874
2.8340625 433.791056
2.8340625 441.504594
2.8340625 423.650956
4 412.998709
4 423.429323
4 396.342684
5 401.345734
5 416.981403
5 415.374205
EOD
$p6_mark << EOD
0 408.564951
1 418.255067
2 395.389442
2.8340625 432.982202
4 410.923572
5 411.233781
EOD
plot $p6_band using 1:2:3 with filledcurves linecolor rgb "#e4e4e4", $p6_base with lines linewidth 1 dashtype 3 linecolor rgb "#6e6e6e", $p6_line with lines linewidth 1.8 linecolor rgb "#1a1a1a", $p6_dots with points pointtype 7 pointsize 0.25*mark linecolor rgb "#909090", $p6_mark with points pointtype 6 pointsize 0.9*mark linewidth 1.8 linecolor rgb "#1a1a1a"
unset label
unset arrow
unset object
set object polygon from screen 0.21516,0.40900 to screen 0.21933,0.40874 to screen 0.22322,0.40798 to screen 0.22655,0.40677 to screen 0.22911,0.40520 to screen 0.23072,0.40337 to screen 0.23127,0.40140 to screen 0.23072,0.39943 to screen 0.22911,0.39760 to screen 0.22655,0.39603 to screen 0.22322,0.39482 to screen 0.21933,0.39406 to screen 0.21516,0.39380 to screen 0.21099,0.39406 to screen 0.20710,0.39482 to screen 0.20377,0.39603 to screen 0.20121,0.39760 to screen 0.19960,0.39943 to screen 0.19905,0.40140 to screen 0.19960,0.40337 to screen 0.20121,0.40520 to screen 0.20377,0.40677 to screen 0.20710,0.40798 to screen 0.21099,0.40874 to screen 0.21516,0.40900 fillstyle empty border linecolor rgb "#007a5a" linewidth 1.5 front
set label 1 "N" at screen 0.21516,0.40140 center font "sans-serif Bold,14.667" textcolor rgb "#007a5a" front
set object polygon from screen 0.33569,0.40900 to screen 0.33986,0.40874 to screen 0.34374,0.40798 to screen 0.34708,0.40677 to screen 0.34964,0.40520 to screen 0.35125,0.40337 to screen 0.35180,0.40140 to screen 0.35125,0.39943 to screen 0.34964,0.39760 to screen 0.34708,0.39603 to screen 0.34374,0.39482 to screen 0.33986,0.39406 to screen 0.33569,0.39380 to screen 0.33152,0.39406 to screen 0.32763,0.39482 to screen 0.32430,0.39603 to screen 0.32173,0.39760 to screen 0.32013,0.39943 to screen 0.31958,0.40140 to screen 0.32013,0.40337 to screen 0.32173,0.40520 to screen 0.32430,0.40677 to screen 0.32763,0.40798 to screen 0.33152,0.40874 to screen 0.33569,0.40900 fillstyle empty border linecolor rgb "#007a5a" linewidth 1.5 front
set label 2 "N" at screen 0.33569,0.40140 center font "sans-serif Bold,14.667" textcolor rgb "#007a5a" front
set object polygon from screen 0.40970,0.40788 to screen 0.40970,0.39492 to screen 0.38220,0.39492 to screen 0.38220,0.40788 to screen 0.40970,0.40788 fillstyle empty border linecolor rgb "#007a5a" linewidth 1.5 front
set label 3 "S" at screen 0.39595,0.40140 center font "sans-serif Bold,14.667" textcolor rgb "#007a5a" front
set label 4 "treated" at screen 0.11111,0.40140 right font "sans-serif,14.667" textcolor rgb "#007a5a" front
set label 5 "Pain journal (0 none, 10 worst)" at screen 0.51667,0.38180 left font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51667,0.36879 to screen 0.56111,0.36879 nohead front linewidth 1.6 dashtype 1 linecolor rgb "#1a1a1a"
set label 6 "" at screen 0.53889,0.36879 point pointtype 7 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 7 "pain now" at screen 0.57222,0.36879 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51667,0.35578 to screen 0.56111,0.35578 nohead front linewidth 1.6 dashtype 2 linecolor rgb "#0072b2"
set label 8 "" at screen 0.53889,0.35578 point pointtype 4 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#0072b2" front
set label 9 "pain, average of 7 days" at screen 0.57222,0.35578 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51667,0.34276 to screen 0.56111,0.34276 nohead front linewidth 1.6 dashtype 3 linecolor rgb "#d55e00"
set label 10 "" at screen 0.53889,0.34276 point pointtype 12 pointsize 1*mark linewidth 1.5 linecolor rgb "#d55e00" front
set label 11 "pain, worst of 7 days" at screen 0.57222,0.34276 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.51667,0.32975 to screen 0.56111,0.32975 nohead front linewidth 1.6 dashtype 5 linecolor rgb "#6e6e6e"
set label 12 "" at screen 0.53889,0.32975 point pointtype 6 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 13 "sleep disturbed" at screen 0.57222,0.32975 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.21516,0.38830 to screen 0.21516,0.30972 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.33569,0.38830 to screen 0.33569,0.30972 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
set arrow from screen 0.39595,0.38830 to screen 0.39595,0.30972 nohead front linewidth 1.3 dashtype 4 linecolor rgb "#007a5a"
$journal0 << EOD
-0.124453125 7
0.875546875 6
1.87554687 5
2.70960937 4
3.04148438 3
3.87554687 2
4.87554688 1
EOD
$journal1 << EOD
-0.041484375 7
0.958515625 6
1.95851562 6
2.79257812 5
3.95851562 4
4.95851563 3
EOD
$journal2 << EOD
0.041484375 9
1.04148438 9

2.87554687 8
4.04148437 7
5.04148437 6
EOD
$journal4 << EOD
0.124453125 5
1.12445313 5
2.12445313 4
2.95851562 4
4.12445312 3
5.12445312 2
EOD
set label 14 "score (0–10)" at screen 0.03056,0.34901 center rotate by 90 font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.15490,0.30972 to screen 0.15490,0.30658 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 15 "0" at screen 0.15490,0.30029 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.21516,0.30972 to screen 0.21516,0.30658 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 16 "1" at screen 0.21516,0.30029 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.27542,0.30972 to screen 0.27542,0.30658 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 17 "2" at screen 0.27542,0.30029 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.33569,0.30972 to screen 0.33569,0.30658 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 18 "3" at screen 0.33569,0.30029 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.39595,0.30972 to screen 0.39595,0.30658 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 19 "4" at screen 0.39595,0.30029 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set arrow from screen 0.45621,0.30972 to screen 0.45621,0.30658 nohead front linewidth 1 dashtype 1 linecolor rgb "#6e6e6e"
set label 20 "5" at screen 0.45621,0.30029 center font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 21 "week" at screen 0.11111,0.30029 right font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 22 "day" at screen 0.11111,0.27829 right font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 23 "2 Mar" at screen 0.15490,0.26382 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 24 "9 Mar" at screen 0.21516,0.26382 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 25 "16 Mar" at screen 0.27542,0.25735 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 26 "23 Mar" at screen 0.33569,0.25735 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 27 "30 Mar" at screen 0.39595,0.25735 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set label 28 "6 Apr" at screen 0.45621,0.26541 left rotate by 90 font "sans-serif,14.667" textcolor rgb "#6e6e6e" front
set lmargin at screen 0.12778
set rmargin at screen 0.48333
set tmargin at screen 0.38830
set bmargin at screen 0.30972
set xrange [-0.450000:5.450000]
set yrange [-0.8:10.8]
set ytics 5
set format "%g"
unset xtics
plot $journal0 with linespoints pointtype 7 pointsize 0.8*mark linewidth 1.6 dashtype 1 linecolor rgb "#1a1a1a", $journal1 with linespoints pointtype 4 pointsize 0.8*mark linewidth 1.6 dashtype 2 linecolor rgb "#0072b2", $journal2 with linespoints pointtype 12 pointsize 1*mark linewidth 1.6 dashtype 3 linecolor rgb "#d55e00", $journal4 with linespoints pointtype 6 pointsize 0.8*mark linewidth 1.6 dashtype 5 linecolor rgb "#6e6e6e"
unset label
unset arrow
unset object
set label 1 "" at screen 0.03111,0.24035 point pointtype 9 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#0072b2" front
set label 2 "" at screen 0.05222,0.24035 point pointtype 11 pointsize 0.8*mark linewidth 1.5 linecolor rgb "#d55e00" front
set label 3 "rose, fell beyond measurement error" at screen 0.06667,0.24035 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 4 "at two visits in a row" at screen 0.06667,0.22734 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 5 "" at screen 0.03889,0.21433 point pointtype 6 pointsize 0.9*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 6 "baseline, or within measurement error" at screen 0.06667,0.21433 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object rectangle from screen 0.02222,0.19682 to screen 0.05556,0.20573 fillcolor rgb "#e4e4e4" fillstyle solid 1.0 noborder behind
set label 7 "within the MDC of the baseline, for" at screen 0.06667,0.20132 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 8 "one visit" at screen 0.06667,0.18831 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 9 "" at screen 0.03889,0.17530 point pointtype 12 pointsize 1*mark linewidth 1.5 linecolor rgb "#1a1a1a" front
set label 10 "after treatment, same day (filled:" at screen 0.06667,0.17530 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 11 "beyond error)" at screen 0.06667,0.16228 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 12 "" at screen 0.53333,0.24035 point pointtype 4 pointsize 0.7*mark linewidth 1.5 linecolor rgb "#6e6e6e" front
set label 13 "dashed: other side; dots: presses" at screen 0.56111,0.24035 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 14 "↑" at screen 0.53333,0.22734 center font "sans-serif Bold,17.333" textcolor rgb "#1a1a1a" front
set label 15 "ceiling came first: > value (≥ change)" at screen 0.56111,0.22734 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 16 "s" at screen 0.53333,0.21433 center font "sans-serif Bold,14.667" textcolor rgb "#1a1a1a" front
set label 17 "missing: p patient asked to stop; s" at screen 0.56111,0.21433 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 18 "skipped by the examiner" at screen 0.56111,0.20132 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object polygon from screen 0.03889,0.15425 to screen 0.04306,0.15399 to screen 0.04694,0.15323 to screen 0.05028,0.15203 to screen 0.05284,0.15045 to screen 0.05445,0.14862 to screen 0.05500,0.14665 to screen 0.05445,0.14469 to screen 0.05284,0.14286 to screen 0.05028,0.14128 to screen 0.04694,0.14008 to screen 0.04306,0.13932 to screen 0.03889,0.13906 to screen 0.03472,0.13932 to screen 0.03083,0.14008 to screen 0.02750,0.14128 to screen 0.02494,0.14286 to screen 0.02333,0.14469 to screen 0.02278,0.14665 to screen 0.02333,0.14862 to screen 0.02494,0.15045 to screen 0.02750,0.15203 to screen 0.03083,0.15323 to screen 0.03472,0.15399 to screen 0.03889,0.15425 fillstyle empty border linecolor rgb "#007a5a" linewidth 1.5 front
set label 19 "N" at screen 0.03889,0.14665 center font "sans-serif Bold,14.667" textcolor rgb "#007a5a" front
set label 20 "dry needling, Upper trapezius, midpoint, right (2 needles, 2 min): 9 Mar" at screen 0.06667,0.14665 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object polygon from screen 0.03889,0.13705 to screen 0.04306,0.13679 to screen 0.04694,0.13603 to screen 0.05028,0.13482 to screen 0.05284,0.13325 to screen 0.05445,0.13142 to screen 0.05500,0.12945 to screen 0.05445,0.12749 to screen 0.05284,0.12565 to screen 0.05028,0.12408 to screen 0.04694,0.12287 to screen 0.04306,0.12211 to screen 0.03889,0.12186 to screen 0.03472,0.12211 to screen 0.03083,0.12287 to screen 0.02750,0.12408 to screen 0.02494,0.12565 to screen 0.02333,0.12749 to screen 0.02278,0.12945 to screen 0.02333,0.13142 to screen 0.02494,0.13325 to screen 0.02750,0.13482 to screen 0.03083,0.13603 to screen 0.03472,0.13679 to screen 0.03889,0.13705 fillstyle empty border linecolor rgb "#007a5a" linewidth 1.5 front
set label 21 "N" at screen 0.03889,0.12945 center font "sans-serif Bold,14.667" textcolor rgb "#007a5a" front
set label 22 "dry needling, Upper trapezius, midpoint, right; Infraspinatus, right (4 needles): 23" at screen 0.06667,0.12945 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 23 "Mar" at screen 0.06667,0.11644 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set object polygon from screen 0.05264,0.10572 to screen 0.05264,0.09276 to screen 0.02514,0.09276 to screen 0.02514,0.10572 to screen 0.05264,0.10572 fillstyle empty border linecolor rgb "#007a5a" linewidth 1.5 front
set label 24 "S" at screen 0.03889,0.09924 center font "sans-serif Bold,14.667" textcolor rgb "#007a5a" front
set label 25 "stretching, upper back (3 x 30 s): 30 Mar" at screen 0.06667,0.09924 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 26 "All panels have one scale, at different levels. R, L: the person\047s right and left. PPT:" at screen 0.02222,0.07942 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 27 "pressure-pain threshold, mean of all presses (3 planned a point and session); target" at screen 0.02222,0.06641 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 28 "rate 30 kPa/s, tip 1 cm², procedure myofascial-quick 1.0. MDC95 (minimal detectable" at screen 0.02222,0.05340 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 29 "change), as given: 60 kPa for every point. It holds where site, rule, rate and tip are" at screen 0.02222,0.04039 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 30 "those it was found with. Source: this clinic, 20 stable people. By chance alone about 0.6" at screen 0.02222,0.02737 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
set label 31 "of the 11 judged points would pass it." at screen 0.02222,0.01436 left font "sans-serif,14.667" textcolor rgb "#1a1a1a" front
unset border
unset tics
set lmargin at screen 0.00000
set rmargin at screen 1.00000
set tmargin at screen 1.00000
set bmargin at screen 0.00000
set xrange [0:180.00000]
set yrange [381.76622:0]
plot -1 with lines
unset multiplot
