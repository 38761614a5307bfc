# METADATA
# title: Cipher suites
# description: Which cipher suites of TLS count as strong, by the names that Kubernetes and Go give them.
package holdfast.lib.cipher_suite

import rego.v1

# Authenticated encryption only. The two without ECDHE lack forward secrecy, but the benchmarks allow them.
strong(name) if name in {
	"TLS_AES_128_GCM_SHA256",
	"TLS_AES_256_GCM_SHA384",
	"TLS_CHACHA20_POLY1305_SHA256",
	"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
	"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
	"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
	"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
	"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
	"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
	"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
	"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
	"TLS_RSA_WITH_AES_128_GCM_SHA256",
	"TLS_RSA_WITH_AES_256_GCM_SHA384",
}

# The names in a list, or in a text that separates them by commas.
names(list) := list if is_array(list)

names(text) := [name | some part in split(text, ","); name := trim_space(part); name != ""] if is_string(text)
