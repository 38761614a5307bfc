// The names of the zones of the IANA time zone database (https://www.iana.org/time-zones, public domain; release 2025b), and the abbreviations that
// it gives to their offsets. JavaScript knows the offsets of zones, but not these: to Intl, CEST is "GMT+2".
//
// A line: names that share abbreviations, `|`, and for each offset in seconds its abbreviations: the first, then others from a moment (seconds since
// 1970, in base 36) on. `%` is the offset in digits, as in `+0330`. Offsets that are not named have the abbreviation `%`, or `LMT` where they are not whole quarters of an hour.
export const zoneAbbreviations = `
Africa/Abidjan,Africa/Accra,Africa/Bamako,Africa/Bissau,Africa/Conakry,Africa/Dakar,Africa/Lome,Africa/Nouakchott,Africa/Ouagadougou,Africa/Timbuktu,America/Danmarkshavn,Etc/GMT,Etc/GMT+0,Etc/GMT-0,Etc/GMT0,Etc/Greenwich,GMT,GMT+0,GMT-0,GMT0,Greenwich,Iceland|0:GMT
Africa/Addis_Ababa|10800:EAT 9320:ADMT
Africa/Algiers|0:WET 3600:WEST,-fkul40=CET,oot80=WEST,42lp80=CET,5drxc0=WEST,5wuyo0=CET 561:PMT 7200:CEST
Africa/Asmara|10800:EAT 9320:ADMT 9332:LMT,-1g6t8j8=AMT
Africa/Asmera,Africa/Dar_es_Salaam,Africa/Djibouti,Africa/Kampala,Africa/Mogadishu,Africa/Nairobi,Indian/Comoro,Indian/Mayotte|10800:EAT
Africa/Bangui,Africa/Brazzaville,Africa/Douala,Africa/Kinshasa,Africa/Libreville,Africa/Luanda|3600:WAT
Africa/Banjul|-3996:LMT,-u9re90=BMT 0:GMT
Africa/Blantyre|7200:CAT 8460:ZMT 8470:ZMT
Africa/Bujumbura,Africa/Harare,Africa/Kigali,Africa/Lusaka,Africa/Maputo|7200:CAT
Africa/Cairo,Asia/Beirut,Asia/Nicosia,EET,Egypt,Europe/Nicosia|10800:EEST 7200:EET
Africa/Casablanca,Africa/El_Aaiun,America/Araguaina,America/Bahia,America/Belem,America/Boa_Vista,America/Campo_Grande,America/Cayenne,America/Cuiaba,America/Eirunepe,America/Fortaleza,America/Godthab,America/Guyana,America/Lima,America/Maceio,America/Manaus,America/Noronha,America/Nuuk,America/Porto_Acre,America/Porto_Velho,America/Recife,America/Rio_Branco,America/Santarem,America/Sao_Paulo,America/Scoresbysund,Asia/Aden,Asia/Almaty,Asia/Anadyr,Asia/Aqtau,Asia/Aqtobe,Asia/Ashgabat,Asia/Ashkhabad,Asia/Atyrau,Asia/Bahrain,Asia/Baku,Asia/Barnaul,Asia/Bishkek,Asia/Brunei,Asia/Chita,Asia/Choibalsan,Asia/Dili,Asia/Dubai,Asia/Dushanbe,Asia/Hovd,Asia/Kabul,Asia/Kamchatka,Asia/Kashgar,Asia/Kathmandu,Asia/Katmandu,Asia/Khandyga,Asia/Krasnoyarsk,Asia/Kuching,Asia/Kuwait,Asia/Magadan,Asia/Muscat,Asia/Novokuznetsk,Asia/Novosibirsk,Asia/Omsk,Asia/Oral,Asia/Qatar,Asia/Qostanay,Asia/Qyzylorda,Asia/Riyadh,Asia/Sakhalin,Asia/Samarkand,Asia/Srednekolymsk,Asia/Tashkent,Asia/Thimbu,Asia/Thimphu,Asia/Tomsk,Asia/Ulaanbaatar,Asia/Ulan_Bator,Asia/Urumqi,Asia/Ust-Nera,Asia/Vladivostok,Asia/Yakutsk,Asia/Yerevan,Atlantic/Cape_Verde,Atlantic/South_Georgia,Australia/Eucla,Brazil/Acre,Brazil/DeNoronha,Brazil/East,Brazil/West,Etc/GMT+1,Etc/GMT+10,Etc/GMT+11,Etc/GMT+12,Etc/GMT+2,Etc/GMT+3,Etc/GMT+4,Etc/GMT+5,Etc/GMT+6,Etc/GMT+7,Etc/GMT+8,Etc/GMT+9,Etc/GMT-1,Etc/GMT-10,Etc/GMT-11,Etc/GMT-12,Etc/GMT-13,Etc/GMT-14,Etc/GMT-2,Etc/GMT-3,Etc/GMT-4,Etc/GMT-5,Etc/GMT-6,Etc/GMT-7,Etc/GMT-8,Etc/GMT-9,Europe/Astrakhan,Europe/Samara,Europe/Saratov,Europe/Ulyanovsk,Indian/Chagos,Indian/Christmas,Indian/Cocos,Indian/Mahe,Indian/Mauritius,Indian/Reunion,Kwajalein,NZ-CHAT,Pacific/Apia,Pacific/Chatham,Pacific/Chuuk,Pacific/Efate,Pacific/Fakaofo,Pacific/Fiji,Pacific/Funafuti,Pacific/Galapagos,Pacific/Gambier,Pacific/Guadalcanal,Pacific/Kiritimati,Pacific/Kosrae,Pacific/Kwajalein,Pacific/Majuro,Pacific/Marquesas,Pacific/Nauru,Pacific/Niue,Pacific/Norfolk,Pacific/Noumea,Pacific/Palau,Pacific/Pitcairn,Pacific/Pohnpei,Pacific/Ponape,Pacific/Rarotonga,Pacific/Tahiti,Pacific/Tarawa,Pacific/Tongatapu,Pacific/Wake,Pacific/Wallis|
Africa/Ceuta|0:WET 3600:WEST,7eveo0=CET 7200:CEST
Africa/Freetown|-3180:LMT,-19xcavo=FMT 0:GMT
Africa/Gaborone|10800:CAST 5400:SAST 7200:CAT
Africa/Johannesburg|10800:SAST 5400:SAST 7200:SAST
Africa/Juba,Africa/Khartoum|10800:CAST,fodfs0=EAT 7200:CAT
Africa/Lagos,Africa/Malabo,Africa/Niamey,Africa/Porto-Novo,Africa/Sao_Tome|0:GMT 3600:WAT
Africa/Lubumbashi|3600:WAT 7200:CAT
Africa/Maseru|10800:SAST 7200:SAST
Africa/Mbabane|7200:SAST
Africa/Monrovia|-2588:LMT,-19xcbc4=MMT -2670:MMT 0:GMT
Africa/Ndjamena|3600:WAT 7200:WAST
Africa/Tripoli,Libya|3600:CET 7200:CEST,-5qotg0=EET,6e3980=CEST,am3h80=EET,e833w0=CEST,ehhx40=EET,mkeao0=CEST,mv76o0=EET
Africa/Tunis|3600:CET 561:PMT 7200:CEST
Africa/Windhoek|10800:SAST 3600:WAT 7200:SAST,ajtx40=CAT
America/Adak,America/Atka,US/Aleutian|-32400:HDT -36000:NWT,-cq2tg0=NPT,-cs3w0=BDT,77ss00=AHST,79e140=HST -39600:NST,-1fq440=BST
America/Anchorage,US/Alaska|-28800:AKDT -32400:AWT,-cq2tg0=APT,-cs6o0=AHDT,77sp80=YST,79dyc0=AKST -36000:AST,-1fq6w0=AHST
America/Anguilla,America/Aruba,America/Curacao,America/Dominica,America/Grenada,America/Guadeloupe,America/Miquelon,America/Montserrat,America/Port_of_Spain,America/St_Kitts,America/St_Thomas,America/Tortola|-14400:AST
America/Antigua|-14400:AST -18000:EST
America/Argentina/Buenos_Aires,America/Argentina/Catamarca,America/Argentina/ComodRivadavia,America/Argentina/Jujuy,America/Argentina/La_Rioja,America/Argentina/Mendoza,America/Argentina/Rio_Gallegos,America/Argentina/Salta,America/Argentina/San_Juan,America/Argentina/San_Luis,America/Argentina/Tucuman,America/Argentina/Ushuaia,America/Buenos_Aires,America/Catamarca,America/Jujuy,America/Mendoza|-15408:CMT
America/Argentina/Cordoba,America/Cordoba,America/Rosario|-15408:LMT,-138a9g0=CMT
America/Asuncion|-13840:LMT,-15r0ynk=AMT
America/Atikokan|-18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-cnp0k0=EST -21600:CST
America/Bahia_Banderas|-18000:CDT -21600:CST,-k6mpw0=MDT,-jpan80=CST,dphic0=MDT,lb57g0=CST -25200:MST
America/Barbados,America/Thule|-10800:ADT -14400:AST
America/Belize|-18000:CWT,-cq2tg0=CPT,21s0o0=CDT -21600:CST
America/Blanc-Sablon|-10800:ADT,-ek27c0=AWT,-cq2tg0=APT -14400:AST
America/Bogota|-17776:LMT,-18s2sy8=BMT
America/Boise|-21600:MWT,-cq2tg0=MPT,-1e8kc0=MDT -25200:PDT,-oc9iw0=MST -28800:PST
America/Cambridge_Bay|-18000:CDT,g36jg0=EST -21600:MWT,-cq2tg0=MPT,17qro0=MDT,fkgjk0=CST,gb3vo0=MDT -25200:MST 0:-00
America/Cancun|-14400:EDT -18000:EST,dphfk0=CDT,eincs0=EST,ex1so0=CDT,nj3280=EST -21600:CST
America/Caracas|-16060:CMT
America/Cayman|-18000:EST -18430:KMT
America/Chicago,US/Central|-18000:CDT,-hnqf40=EST,-h24n40=CDT,-ek21s0=CWT,-cq2tg0=CPT,-ccw1s0=CDT -21600:CST
America/Chihuahua,America/Ojinaga|-18000:CDT -21600:CST,-k6mpw0=MDT,-jpan80=CST,eqxno0=MDT,rkk3k0=CST -25200:MST
America/Ciudad_Juarez|-18000:CDT -21600:CST,-k6mpw0=MDT,-jpan80=CST,eqxno0=MDT,rkk3k0=CST,rreh00=MDT -25200:MST
America/Coral_Harbour,America/Panama|-18000:EST -19176:CMT
America/Costa_Rica|-18000:CDT -20173:LMT,-15r0trn=SJMT -21600:CST
America/Coyhaique,America/Punta_Arenas|-16965:SMT
America/Creston|-25200:MST -28800:PST
America/Dawson|-25200:YDDT,5dweg0=PDT,qj3vg0=MST -28800:YDT,-ek1tg0=YWT,-cq2tg0=YPT,1ztvo0=PST -32400:YST
America/Dawson_Creek|-25200:PDT,-ek1w80=PWT,-cq2tg0=PPT,-bu5tk0=PDT,1e0p00=MST -28800:PST
America/Denver,America/Shiprock,Navajo,US/Mountain|-21600:MDT,-ek1z00=MWT,-cq2tg0=MPT,-2g1oc0=MDT -25200:MST
America/Detroit,US/Michigan|-14400:EWT,-cq2tg0=EPT,-bbfz80=EDT -18000:EST -21600:CST
America/Edmonton,America/Yellowknife,Canada/Mountain|-21600:MDT,-ek1z00=MWT,-cq2tg0=MPT,-bu5wc0=MDT -25200:MST
America/El_Salvador,America/Guatemala,America/Tegucigalpa|-18000:CDT -21600:CST
America/Ensenada,America/Santa_Isabel,America/Tijuana,Mexico/BajaNorte|-25200:MST,-k84cg0=PDT,-eg90g0=PWT,-cq2tg0=PPT,-bcgxs0=PDT -28800:PST
America/Fort_Nelson|-25200:PDT,-ek1w80=PWT,-cq2tg0=PPT,-bu5tk0=PDT,nkw140=MST -28800:PST
America/Fort_Wayne,America/Indiana/Indianapolis,America/Indianapolis,US/East-Indiana|-14400:EDT -18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-ccw1s0=CDT,-7o0f40=EST -21600:CST
America/Glace_Bay|-10800:ADT,-ek27c0=AWT,-cq2tg0=APT,-8pgq00=ADT -14400:AST
America/Goose_Bay|-10800:ADT -12600:NST -12652:NST -14400:AST -7200:ADDT -9000:NDT,-efdvm0=NWT,-cq2tg0=NPT,-cc6be0=NDT -9052:NDT
America/Grand_Turk|-14400:EDT,nkvss0=AST,p5ezg0=EDT -18000:EST -18430:KMT
America/Guayaquil|-18840:QMT
America/Halifax,Canada/Atlantic|-10800:ADT,-ek27c0=AWT,-cq2tg0=APT,-ccw7c0=ADT -14400:AST
America/Havana,Cuba|-14400:CDT -18000:CST -19776:HMT
America/Hermosillo,America/Mazatlan,Mexico/BajaSur|-21600:CST,-k6mpw0=MDT,-jpan80=CST,dphic0=MDT -25200:MST
America/Indiana/Knox,America/Knox_IN,US/Indiana-Starke|-18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-bu5z40=CDT,-407z40=EST,-1e8n40=CDT,bdxy40=EST,ix3240=CDT -21600:CST
America/Indiana/Marengo|-14400:EDT -18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-9qwps0=CDT,-4iy1s0=EST,23fcs0=CDT,2ijss0=EST -21600:CST
America/Indiana/Petersburg|-14400:EDT -18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-7nnm00=CDT,-2g1r40=EST,-1e8n40=CDT,432zg0=EST,ix3240=CDT,jqyzg0=EST -21600:CST
America/Indiana/Tell_City|-14400:EDT -18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-7nnm00=CDT,-2yrts0=EST,-vikg0=CDT,-3fm00=EST,ix3240=CDT -21600:CST
America/Indiana/Vevay|-14400:EDT -18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-86qhs0=EST -21600:CST
America/Indiana/Vincennes|-14400:EDT -18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-ccw1s0=CDT,-2yrts0=EST,ix3240=CDT,jqyzg0=EST -21600:CST
America/Indiana/Winamac|-14400:EDT -18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-ccw1s0=CDT,-4iy1s0=EST,ix3240=CDT,jqywo0=EST -21600:CST
America/Inuvik|-21600:MDT -25200:PDT,54j7k0=MST -28800:PST 0:-00
America/Iqaluit,America/Pangnirtung|-14400:EWT,-cq2tg0=EPT,17qm40=EDT -18000:EST,fsdq80=CDT,g36jg0=EST -21600:CST 0:-00
America/Jamaica,Jamaica|-14400:EDT -18000:EST -18430:LMT,-15r0v42=KMT
America/Juneau|-25200:PWT,-cq2tg0=PPT,-csc80=PDT -28800:PST,5dweg0=YDT,5n9fs0=PST,7h5qk0=AKDT -32400:YST,79dyc0=AKST
America/Kentucky/Louisville,America/Louisville|-14400:EDT -18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-ccw7ac=CDT,-4emkk0=EST,23fcs0=CDT,2ijss0=EST -21600:CST
America/Kentucky/Monticello|-14400:EDT -18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-vikg0=CDT,g36jg0=EST -21600:CST
America/Kralendijk,America/Lower_Princes,America/Marigot,America/Puerto_Rico,America/St_Barthelemy,America/Virgin|-10800:AWT,-cq2tg0=APT -14400:AST
America/La_Paz|-12756:BST -16356:LMT,-15r0wpo=CMT
America/Los_Angeles,US/Pacific|-25200:PDT,-ek1w80=PWT,-cq2tg0=PPT,-bdliuc=PDT -28800:PST
America/Managua|-18000:EST,4t08o0=CDT,bhceg0=EST,iepvc0=CDT -20712:MMT -21600:CST
America/Martinique|-10800:ADT -14400:AST -14660:LMT,-15r0y0s=FFMT
America/Matamoros|-18000:CDT -21600:CST -23400:LMT
America/Menominee|-18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-ccw1s0=CDT,-cshs0=EST,1qgos0=CDT -21600:CST
America/Merida|-18000:EST,dphfk0=CDT -21600:CST
America/Metlakatla|-25200:PWT,-cq2tg0=PPT,-csc80=PDT -28800:PST,o3z580=AKDT,phnyg0=PST,po5d80=AKDT -32400:AKST
America/Mexico_City,Mexico/General|-18000:CDT,-dlc7c0=CWT,-adljc0=CDT -21600:CST,-k6mpw0=MDT,-jpan80=CST -25200:MST
America/Moncton|-10800:ADT,-ek27c0=AWT,-cq2tg0=APT,-ccw7c0=ADT -14400:AST -18000:EST
America/Monterrey|-18000:CDT -21600:CST,-k6mpw0=MDT,-jpan80=CST -25200:MST
America/Montevideo|-13491:LMT,-w4mll9=MMT
America/Montreal,America/New_York,America/Nipigon,America/Thunder_Bay,America/Toronto,Canada/Eastern,US/Eastern|-14400:EDT,-ek24k0=EWT,-cq2tg0=EPT,-ccw4k0=EDT -18000:EST
America/Nassau|-14400:EWT,-cq2tg0=EPT,-2yrwk0=EDT -18000:EST
America/Nome|-28800:AKDT -32400:YST,79dyc0=AKST -36000:NWT,-cq2tg0=NPT,-cs3w0=BDT -39600:NST,-1fq440=BST
America/North_Dakota/Beulah|-18000:CDT -21600:MDT,-ek1z00=MWT,-cq2tg0=MPT,-1e8kc0=MDT,lbi8w0=CST -25200:MST
America/North_Dakota/Center|-18000:CDT -21600:MDT,-ek1z00=MWT,-cq2tg0=MPT,-1e8kc0=MDT,bwo3k0=CST -25200:MST
America/North_Dakota/New_Salem|-18000:CDT -21600:MDT,-ek1z00=MWT,-cq2tg0=MPT,-1e8kc0=MDT,hncu80=CST -25200:MST
America/Paramaribo|-13236:PMT -13252:PMT
America/Phoenix,US/Arizona|-21600:MDT,-ek1z00=MWT,-1e8kc0=MDT -25200:MST
America/Port-au-Prince|-14400:EDT -17340:PPMT -18000:EST
America/Rainy_River,America/Winnipeg,Canada/Central|-18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-cc64g0=CDT -21600:CST
America/Rankin_Inlet|-18000:CDT,g36jg0=EST,gb3sw0=CDT -21600:CST 0:-00
America/Regina,Canada/Saskatchewan|-21600:MDT,-ek1z00=MWT,-cq2tg0=MPT,-cdlwc0=MDT,-5210c0=CST -25200:MST
America/Resolute|-18000:CDT,g36jg0=EST,gb3sw0=CDT,j7vy40=EST,jeqbk0=CDT -21600:CST 0:-00
America/Santiago,Chile/Continental|-16965:LMT,-15r0w8r=SMT
America/Santo_Domingo|-14400:EDT,2ijn80=AST -16800:SDMT -18000:EST
America/Sitka|-25200:PWT,-cq2tg0=PPT,-csc80=PDT -28800:PST,7h5qk0=AKDT -32400:YST,79dyc0=AKST
America/St_Johns,Canada/Newfoundland|-12600:NST -12652:LMT,-18vs8wk=NST -5400:NDDT -9000:NDT,-efdvm0=NWT,-cq2tg0=NPT,-cc6be0=NDT -9052:NDT
America/St_Lucia|-14400:AST -14640:LMT,-15r0y1c=CMT
America/St_Vincent|-14400:AST -14696:LMT,-15r0xzs=KMT
America/Swift_Current|-21600:MDT,-ek1z00=MWT,-cq2tg0=MPT,-ccvz00=MDT,17qro0=CST -25200:MST
America/Vancouver,Canada/Pacific|-25200:PDT,-ek1w80=PWT,-cq2tg0=PPT,-ccvw80=PDT -28800:PST
America/Whitehorse,Canada/Yukon|-25200:YDDT,5dweg0=PDT,qj3vg0=MST -28800:YDT,-ek1tg0=YWT,-cq2tg0=YPT,-207b00=PST -32400:YST
America/Yakutat|-28800:YWT,-cq2tg0=YPT,-cs9g0=YDT,7h5qk0=AKDT -32400:YST,79dyc0=AKST
Antarctica/Casey,Antarctica/Davis,Antarctica/DumontDUrville,Antarctica/Mawson,Antarctica/Palmer,Antarctica/Rothera,Antarctica/Syowa,Antarctica/Vostok,Indian/Kerguelen,Pacific/Enderbury,Pacific/Kanton|0:-00
Antarctica/Macquarie|0:-00 36000:AEST 39600:AEDT
Antarctica/McMurdo|0:-00 43200:NZST 46800:NZDT
Antarctica/South_Pole,NZ,Pacific/Auckland|41400:NZMT 43200:NZST 45000:NZST 46800:NZDT
Antarctica/Troll|0:-00,ibruo0=%
Arctic/Longyearbyen,Atlantic/Jan_Mayen,Europe/Berlin|10800:CEMT 3600:CET 7200:CEST
Asia/Amman|10800:EEST,rkfmg0=% 7200:EET
Asia/Baghdad|10656:BMT
Asia/Bangkok|24124:LMT,-1ayyla4=BMT
Asia/Calcutta,Asia/Kolkata|19270:MMT 19800:IST 21200:HMT
Asia/Chongqing,Asia/Chungking,Asia/Harbin,Asia/Shanghai,PRC|28800:CST 32400:CDT
Asia/Colombo|19172:MMT
Asia/Dacca,Asia/Dhaka|21200:HMT
Asia/Damascus|10800:EEST,rkfjo0=% 7200:EET
Asia/Famagusta|10800:EEST,od5jo0=%,p64g40=EEST 7200:EET
Asia/Gaza,Asia/Hebron|10800:EEST,2crp40=IDT,dpcyg0=EEST 7200:EET,-1ceto0=IST,dkh140=EET
Asia/Ho_Chi_Minh,Asia/Saigon|25590:LMT,-x5692u=PLMT
Asia/Hong_Kong,Hongkong|28800:HKT 30600:HKWT 32400:HKST,-emgia0=JST,-cda8w0=HKST
Asia/Irkutsk|25025:LMT,-1ayylz5=IMT
Asia/Istanbul,Europe/Istanbul,Turkey|10800:EEST,4fid00=%,7zg2k0=EEST,od3p00=% 7016:IMT 7200:EET
Asia/Jakarta|25200:WIB 25632:LMT,-1hftyg0=BMT
Asia/Jayapura|32400:%,-34rzq0=WIT
Asia/Jerusalem,Asia/Tel_Aviv,Israel|10800:IDT 14400:IDDT 7200:IST 8440:JMT
Asia/Karachi|18000:%,n33g0=PKT 21600:PKST
Asia/Kuala_Lumpur|24925:SMT
Asia/Macao,Asia/Macau|28800:CST 32400:%,-ccrt00=CDT
Asia/Makassar,Asia/Ujung_Pandang|28656:LMT,-q3gzg0=MMT 28800:%,-co37o0=WITA
Asia/Manila|28800:PST 32400:PDT,-ejxt00=JST,-cyj500=PDT
Asia/Phnom_Penh,Asia/Vientiane|25590:PLMT
Asia/Pontianak|25200:WIB 26240:LMT,-w6piww=PMT 28800:%,-34ru60=WITA
Asia/Pyongyang|30600:KST 32400:JST,-cpmro0=KST
Asia/Rangoon,Asia/Yangon|23087:LMT,-1ayykhb=RMT
Asia/Seoul,ROK|30600:KST 32400:JST,-couzo0=KST 34200:KDT 36000:KDT
Asia/Singapore,Singapore|24925:LMT,-100ewkd=SMT
Asia/Taipei,ROC|28800:CST 32400:JST,-cc1sw0=CDT
Asia/Tbilisi|10751:LMT,-1ayyayn=TBMT
Asia/Tehran,Iran|12344:LMT,-s6m6uw=TMT
Asia/Tokyo,Japan|32400:JST 36000:JDT
Asia/Yekaterinburg|13505:PMT
Atlantic/Azores|-6872:HMT 0:%,bzwaw0=WET,c8qqs0=% 3600:WEST
Atlantic/Bermuda|-10800:ADT -11958:BST -14400:AST -15558:LMT,-15r0xbu=BMT
Atlantic/Canary,Atlantic/Faeroe,Atlantic/Faroe,WET|0:WET 3600:WEST
Atlantic/Madeira|-4056:LMT,-18vsfjc=FMT 0:%,-1p1x00=WET 3600:%,6e8w00=WEST
Atlantic/Reykjavik|0:%,-wlx40=GMT
Atlantic/St_Helena|-1368:LMT,-15r18a0=JMT 0:GMT
Atlantic/Stanley|-13884:LMT,-15r0ymc=SMT
Australia/ACT,Australia/Brisbane,Australia/Canberra,Australia/Currie,Australia/Hobart,Australia/Lindeman,Australia/Melbourne,Australia/NSW,Australia/Queensland,Australia/Sydney,Australia/Tasmania,Australia/Victoria|36000:AEST 39600:AEDT
Australia/Adelaide,Australia/Darwin,Australia/North,Australia/South|32400:ACST 34200:ACST 37800:ACDT
Australia/Broken_Hill,Australia/Yancowinna|32400:ACST 34200:ACST 36000:AEST 37800:ACDT
Australia/LHI,Australia/Lord_Howe|36000:AEST
Australia/Perth,Australia/West|28800:AWST 32400:AWDT
CET,Europe/Belgrade,Europe/Budapest,Europe/Ljubljana,Europe/Malta,Europe/Oslo,Europe/Podgorica,Europe/Sarajevo,Europe/Skopje,Europe/Tirane,Europe/Vaduz,Europe/Vienna,Europe/Zagreb|3600:CET 7200:CEST
CST6CDT|-18000:CDT,-ek21s0=CWT,-cq2tg0=CPT,-1e8n40=CDT -21600:CST
Chile/EasterIsland,Pacific/Easter|-26248:LMT,-15r0p2w=EMT
EST|-18000:EST
EST5EDT|-14400:EDT,-ek24k0=EWT,-cq2tg0=EPT,-1e8pw0=EDT -18000:EST
Eire,Europe/Dublin|-1521:LMT,-1anxqtr=DMT 0:GMT 2079:IST 3600:BST,-oxiyg0=IST
Etc/UCT,Etc/UTC,Etc/Universal,Etc/Zulu,UCT,UTC,Universal,Zulu|0:UTC
Europe/Amsterdam|1172:LMT,-1ygf4wk=AMT 3600:CET 4772:NST 7200:CEST
Europe/Andorra|0:WET 3600:CET 7200:CEST
Europe/Athens|10800:EEST 3600:CET 5692:LMT,-12rxtq4=AMT 7200:EET,-eyqoc0=CEST,-dfp1g0=EET
Europe/Belfast,Europe/Isle_of_Man,Europe/London,GB,GB-Eire|0:GMT 3600:BST 7200:BDST
Europe/Bratislava,Europe/Prague|0:GMT 3464:LMT,-1qmkw08=PMT 3600:CET 7200:CEST
Europe/Brussels|0:WET 1050:LMT,-1ayy3h6=BMT 3600:CET,-qj59g0=WEST,-e6dzw0=CET 7200:CEST
Europe/Bucharest|10800:EEST 6264:LMT,-14u7wu0=BMT 7200:EET
Europe/Busingen,Europe/Zurich|1786:BMT 3600:CET 7200:CEST
Europe/Chisinau,Europe/Tiraspol|10800:EEST,-d8e5k0=MSK,am73s0=EEST 14400:MSD 3600:CET 6264:BMT 6900:CMT 7200:EET,-euq8c0=CEST,atrhc0=EET
Europe/Copenhagen|3020:LMT,-15r1bnw=CMT 3600:CET 7200:CEST
Europe/Gibraltar|0:GMT 3600:BST,-6mxp40=CET 7200:BDST,6dw040=CEST
Europe/Guernsey,Europe/Jersey|0:GMT 3600:BST,-e6dzw0=CET,-cro2k0=BST 7200:CEST,-cv6880=BDST
Europe/Helsinki,Europe/Mariehamn|10800:EEST 5989:LMT,-1bss9yd=HMT 7200:EET
Europe/Kaliningrad|10800:EEST,-cdzpk0=MSK,a1bbw0=EEST,liow00=% 14400:MSD 3600:CET 7200:CEST,-cwm2w0=EET
Europe/Kiev,Europe/Kyiv,Europe/Uzhgorod,Europe/Zaporozhye|10800:MSK,ap2t40=EEST 14400:MSD 3600:CET 7200:EET,-erdv00=CEST,bchk00=EET 7324:LMT,-1ayy8bg=KMT
Europe/Kirov|10800:%,aaod80=MSK 14400:%,a1b940=MSD,b34fw0=%,blufs0=MSD,liot80=MSK
Europe/Lisbon,Portugal|0:WET 3600:WEST,-1p1zs0=CET,3rwlc0=WEST,bv7pg0=CET,dp3xg0=WEST 7200:WEMT,c4kqs0=CEST
Europe/Luxembourg|0:WET 3600:CET,-qj59g0=WEST,-e6dzw0=WET,-d73mk0=CET 7200:CEST,-fgsag0=WEST,-cx0nw0=CEST
Europe/Madrid|0:WET 3600:WEST,-fjrxg0=CET 7200:WEMT,-eft480=CEST
Europe/Minsk|10800:MSK,b34fw0=EEST,liow00=% 14400:MSD 3600:CET 6600:MMT 7200:EET,-evpf00=CEST,bchk00=EET
Europe/Monaco|0:WET 3600:WEST,-cofek0=CET 561:PMT 7200:WEMT,396io0=CEST
Europe/Moscow,W-SU|10800:MSK,b34fw0=EEST,bi8yo0=MSK 12679:MST 14400:MSD,liot80=MSK 16279:MDST 7200:EET 9017:LMT,-1ayy9mh=MMT 9079:MMT
Europe/Paris|0:WET 3600:WEST,-e6dzw0=CET,-d62qs0=WEST,-cofek0=CET 561:LMT,-154gb3l=PMT 7200:CEST,-d8caw0=WEMT,396io0=CEST
Europe/Riga|10800:MSK,a1bbw0=EEST 14400:MSD 3600:CET 5794:LMT,-1ayy74y=RMT 7200:EET,-evjv00=CEST,aaog00=EET 9394:LST
Europe/Rome,Europe/San_Marino,Europe/Vatican|2996:LMT,-1hs7rn8=RMT 3600:CET 7200:CEST
Europe/Simferopol|10800:MSK,blulc0=EEST,cwnp80=MSK,e7u040=EEST,ne0t40=MSK 14400:MSD,n382o0=MSK 3600:CET 7200:EET,-ep8300=CEST,ap2vw0=EET 8160:SMT
Europe/Sofia|10800:EEST 3600:CET 7016:IMT 7200:EET,-dytrw0=CEST,-cx0l40=EET
Europe/Stockholm|3600:CET 3614:SET 7200:CEST
Europe/Tallinn|10800:MSK,a1bbw0=EEST 14400:MSD 3600:CET 5940:LMT,-1ayy790=TMT 7200:CEST,-peghx0=EET,-ern4c0=CEST,aaog00=EET
Europe/Vilnius|10800:MSK,a1bbw0=EEST 14400:MSD 3600:CET 5040:WMT 5736:KMT 7200:EET,-evwto0=CEST,aaog00=EET,eqk2s0=CEST,fkg040=EET
Europe/Volgograd|10800:%,9ryak0=MSK 14400:%,9il6g0=MSD,b34fw0=%,blufs0=MSD,liot80=MSK,pha580=%
Europe/Warsaw,Poland|10800:EEST 3600:CET 5040:LMT,-1ayy6k0=WMT 7200:CEST,-qrqd80=EET,-feqak0=CEST
HST|-36000:HST
Indian/Antananarivo|10800:EAT 14400:EAST
Indian/Maldives|17640:LMT,-1ayyga0=MMT
MET|3600:MET 7200:MEST
MST|-25200:MST
MST7MDT|-21600:MDT,-ek1z00=MWT,-cq2tg0=MPT,-1e8kc0=MDT -25200:MST
PST8PDT|-25200:PDT,-ek1w80=PWT,-cq2tg0=PPT,-1e8hk0=PDT -28800:PST
Pacific/Bougainville,Pacific/Port_Moresby,Pacific/Truk,Pacific/Yap|35312:PMMT
Pacific/Guam,Pacific/Saipan|36000:GST,g5z2w0=ChST 39600:GDT
Pacific/Honolulu,Pacific/Johnston,US/Hawaii|-34200:HDT,-ek1pa0=HWT,-cq2tg0=HPT -36000:HST -37800:HST
Pacific/Midway|-39600:%,-6yfw80=SST
Pacific/Pago_Pago,Pacific/Samoa,US/Samoa|-39600:SST
`;
