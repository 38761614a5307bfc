# METADATA
# title: Kubelets with weak ciphers
# description: Finds nodes whose kubelet may agree on a weak cipher suite.
# scope: package
# custom:
#   kinds: [hostdata.kubescape.cloud/KubeletInfo]
#   needs: host-data
package armo_builtins

import rego.v1

import data.holdfast.lib.cipher_suite
import data.holdfast.lib.kubelet

deny contains finding if {
	some info in input
	suites := kubelet.effective(info, {
		"flag": "--tls-cipher-suites",
		"field": [field(info)],
		"inFile": [],
		"byDefault": [],
	})
	not all_strong(suites.value)
	not newest_only(info)
	finding := kubelet.finding(info, suites, "may agree on a weak cipher suite", "set tlsCipherSuites there to suites with ECDHE and GCM or CHACHA20, or tlsMinVersion to VersionTLS13, whose suites are all strong, and restart it.")
}

all_strong(suites) if {
	names := cipher_suite.names(suites)
	count(names) > 0
	every name in names {
		cipher_suite.strong(name)
	}
}

# The kubelet reads tlsCipherSuites. The other spelling is the suite's.
field(info) := "tlsCipherSuites" if kubelet.config_value(info, ["tlsCipherSuites"])

else := "TLSCipherSuites"

# The suites of TLS 1.3 are strong, and can't be chosen.
newest_only(info) if kubelet.effective(info, {
	"flag": "--tls-min-version",
	"field": ["tlsMinVersion"],
	"inFile": "VersionTLS12",
	"byDefault": "VersionTLS12",
}).value == "VersionTLS13"
