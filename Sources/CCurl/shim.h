#include <curl/curl.h>

/* Swift does not import variadic functions. One inline function per argument type; the parentheses around the name get past curl's checking macro. */

/* curl_easy_setopt */
static inline CURLcode martlet_curl_setopt_long(CURL *handle, CURLoption option, long value) {
    return (curl_easy_setopt)(handle, option, value);
}
static inline CURLcode martlet_curl_setopt_offset(CURL *handle, CURLoption option, curl_off_t value) {
    return (curl_easy_setopt)(handle, option, value);
}
static inline CURLcode martlet_curl_setopt_string(CURL *handle, CURLoption option, const char *value) {
    return (curl_easy_setopt)(handle, option, value);
}
static inline CURLcode martlet_curl_setopt_pointer(CURL *handle, CURLoption option, void *value) {
    return (curl_easy_setopt)(handle, option, value);
}
static inline CURLcode martlet_curl_setopt_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return (curl_easy_setopt)(handle, option, value);
}
/* The bytes are not copied: they must outlive the handle's use of them. */
static inline CURLcode martlet_curl_setopt_blob(CURL *handle, CURLoption option, const void *data, size_t length) {
    struct curl_blob blob;
    blob.data = (void *)data;
    blob.len = length;
    blob.flags = CURL_BLOB_NOCOPY;
    return (curl_easy_setopt)(handle, option, &blob);
}

/* Callbacks, each with its user pointer. */
static inline void martlet_curl_set_write(CURL *handle, curl_write_callback callback, void *user) {
    (curl_easy_setopt)(handle, CURLOPT_WRITEFUNCTION, callback);
    (curl_easy_setopt)(handle, CURLOPT_WRITEDATA, user);
}
static inline void martlet_curl_set_header(CURL *handle, curl_write_callback callback, void *user) {
    (curl_easy_setopt)(handle, CURLOPT_HEADERFUNCTION, callback);
    (curl_easy_setopt)(handle, CURLOPT_HEADERDATA, user);
}
static inline void martlet_curl_set_read(CURL *handle, curl_read_callback callback, void *user) {
    (curl_easy_setopt)(handle, CURLOPT_READFUNCTION, callback);
    (curl_easy_setopt)(handle, CURLOPT_READDATA, user);
}
static inline void martlet_curl_set_seek(CURL *handle, curl_seek_callback callback, void *user) {
    (curl_easy_setopt)(handle, CURLOPT_SEEKFUNCTION, callback);
    (curl_easy_setopt)(handle, CURLOPT_SEEKDATA, user);
}
static inline void martlet_curl_set_prerequest(CURL *handle, curl_prereq_callback callback, void *user) {
    (curl_easy_setopt)(handle, CURLOPT_PREREQFUNCTION, callback);
    (curl_easy_setopt)(handle, CURLOPT_PREREQDATA, user);
}
static inline void martlet_curl_set_open_socket(CURL *handle, curl_opensocket_callback callback, void *user) {
    (curl_easy_setopt)(handle, CURLOPT_OPENSOCKETFUNCTION, callback);
    (curl_easy_setopt)(handle, CURLOPT_OPENSOCKETDATA, user);
}
/* struct curl_sockaddr ends in what Swift would read as one sockaddr: only the three numbers are wanted. */
static inline int martlet_curl_open_socket(const struct curl_sockaddr *address, int extra_type_flags) {
    return socket(address->family, address->socktype | extra_type_flags, address->protocol);
}

/* curl_easy_getinfo */
static inline CURLcode martlet_curl_getinfo_long(CURL *handle, CURLINFO info, long *value) {
    return (curl_easy_getinfo)(handle, info, value);
}
static inline CURLcode martlet_curl_getinfo_offset(CURL *handle, CURLINFO info, curl_off_t *value) {
    return (curl_easy_getinfo)(handle, info, value);
}
static inline CURLcode martlet_curl_getinfo_pointer(CURL *handle, CURLINFO info, void **value) {
    return (curl_easy_getinfo)(handle, info, value);
}

/* curl_multi_setopt */
static inline CURLMcode martlet_curl_multi_setopt_long(CURLM *multi, CURLMoption option, long value) {
    return (curl_multi_setopt)(multi, option, value);
}

static inline CURLcode martlet_curl_global_init(void) {
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* 0xXXYYZZ */
static inline unsigned int martlet_curl_version_number(void) {
    return curl_version_info(CURLVERSION_NOW)->version_num;
}
