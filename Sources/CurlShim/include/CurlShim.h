// Typed forms of libcurl's variadic calls, which Swift cannot import.
#pragma once
#include <curl/curl.h>

CURLcode rb_curl_set_long(CURL *handle, CURLoption option, long value);
CURLcode rb_curl_set_string(CURL *handle, CURLoption option, const char *value);
CURLcode rb_curl_set_pointer(CURL *handle, CURLoption option, void *value);
CURLcode rb_curl_set_write(CURL *handle, size_t (*body)(char *, size_t, size_t, void *), void *context);
CURLcode rb_curl_set_header(CURL *handle, size_t (*line)(char *, size_t, size_t, void *), void *context);
CURLcode rb_curl_get_long(CURL *handle, CURLINFO info, long *value);
CURLcode rb_curl_set_read(CURL *handle, size_t (*body)(char *, size_t, size_t, void *),
                          int (*seek)(void *, curl_off_t, int), void *context);
CURLcode rb_curl_set_offset(CURL *handle, CURLoption option, curl_off_t value);
CURLMcode rb_curl_multi_set_long(CURLM *handle, CURLMoption option, long value);
