# METADATA
# title: Credentials
# description: Whether a named value looks like a credential that somebody wrote down.
package holdfast.lib.credential

import rego.v1

# A value under a name that promises a credential, or one that looks like a credential by itself, unless it plainly is none.
held(name, value) if {
	is_string(value)
	suspicious(name, value)
	not harmless(value)
}

suspicious(name, _) if sensitive_name(name)

suspicious(_, value) if sensitive_value(value)

suspicious(_, value) if password_in_url(value)

sensitive_name(name) if {
	folded := lower(name)
	matches_any(folded, sensitive_names)
	not matches_any(folded, allowed_names)
	not matches_any(folded, {"public_key", "public-key", "public.key", "publickey", "pub_key", "pubkey"})
}

sensitive_value(value) if regex.match(sensitive_pattern, value)

sensitive_value(value) if encoded(value)

# PEM in base64, as it is copied out of a Secret: "-----BEGIN " always begins with the same letters.
encoded(value) if {
	startswith(value, "LS0tLS1CRUdJTi")
	regex.match(sensitive_pattern, base64.decode(value))
}

# postgres://user:password@host/database, also amid other text
password_in_url(value) if {
	contains(value, "://")
	some i, rest in split(value, "://")
	i > 0
	authority := split(rest, "/")[0]
	contains(authority, "@")
	user := split(authority, "@")[0]
	not matches_any(user, {" ", "\n", "\t", "\"", "'", ",", "<", ">"})
	password := split(user, ":")[1]
	password != ""
	not reference(password)
}

# Values that are no credential whatever their name says.
harmless(value) if trim_space(value) == ""

harmless(value) if lower(value) in {"true", "false", "yes", "no", "on", "off", "0", "1"}

harmless(value) if file_path(value)

harmless(value) if reference(value)

harmless(value) if encrypted(value)

harmless(value) if {
	public(value)
	not contains(value, "PRIVATE KEY")
}

harmless(value) if regex.match(allowed_pattern, value)

file_path(value) if {
	not contains(value, "\n")
	starts_with_any(value, {"/", "./", "../", "~/", "file://"})
}

file_path(value) if substring(value, 1, 2) == ":\\"

# What is put together when the pod starts, or fetched then from a store of secrets.
reference(value) if {
	startswith(value, "$(")
	endswith(value, ")")
}

reference(value) if {
	startswith(value, "${")
	endswith(value, "}")
}

reference(value) if starts_with_any(value, {"vault:", "ref+", "op://", "arn:"})

# SOPS
encrypted(value) if startswith(value, "ENC[")

# PEM of what is meant to be seen: PUBLIC KEY, RSA PUBLIC KEY, CERTIFICATE
public(value) if {
	startswith(trim_left(value, " \n\t"), "-----BEGIN ")
	matches_any(value, {"PUBLIC KEY-----", "CERTIFICATE-----"})
}

public(value) if starts_with_any(value, {"ssh-rsa ", "ssh-ed25519 ", "ecdsa-sha2-"})

matches_any(text, parts) if {
	some part in parts
	contains(text, part)
}

starts_with_any(text, beginnings) if {
	some beginning in beginnings
	startswith(text, beginning)
}

sensitive_names contains lower(name) if some name in data.postureControlInputs.sensitiveKeyNames

allowed_names contains lower(name) if some name in data.postureControlInputs.sensitiveKeyNamesAllowed

# All patterns of a parameter as one; undefined when there are none, since an empty pattern would match everything.
sensitive_pattern := any_of(data.postureControlInputs.sensitiveValues)

allowed_pattern := any_of(data.postureControlInputs.sensitiveValuesAllowed)

any_of(patterns) := sprintf("(?i:(?:%s))", [concat(")|(?:", patterns)]) if count(patterns) > 0
