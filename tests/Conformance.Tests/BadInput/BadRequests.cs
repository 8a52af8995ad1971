using System.Text;
using GeminiBalance.Conformance.Tests.Hosts;

namespace GeminiBalance.Conformance.Tests.BadInput;

/// <summary>Makes malformed requests. The same random numbers give the same requests.</summary>
internal sealed class BadRequests(Random random, IReadOnlyList<Route> routes)
{
    private static readonly byte[][] OddBytes =
    [
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82], [0x80], [0x00], [0xEF, 0xBB, 0xBF], [0xFE, 0xFF], [0x0B], [0x7F],
    ];

    private static readonly string[] OddTypes =
    [
        "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=", "application/json; charset=utf-16", "application/json; charset=\"", "", "/", "application/xml",
        "application/json, application/json", "ünïcode/jsön", "multipart/form-data; boundary=x",
    ];

    private static readonly string[] OddHeaders =
    [
        "User-Agent: ünïcode 東京", "User-Agent: \u0001", "User-Agent: {}()<>@,;:\\\"/[]?=", "User-Agent:", "Accept: */*;q=∞", "Accept: \u007f", "Accept-Language: 日本語", "x-goog-api-client: gl-node/日本",
        "x-goog-api-client: a\tb", "x-goog-request-params: model=%00&a=\\", "x-goog-fieldmask: a,,b", "x-server-timeout: NaN", "Content-Encoding: gzip", "Content-Encoding: br, br",
        "Content-Encoding: identity", "Expect: 200-maybe", "Transfer-Encoding: banana", "Transfer-Encoding: chunked", "Content-Length: 5", "Content-Length: -1", "Authorization: Bearer", "Authorization: Basic !!!",
        "Authorization: Bearer a, Bearer b", "x-api-key: ", "Cookie: a=b; c", "Range: bytes=-5", "If-None-Match: *", "Upgrade: h2c", "Connection: upgrade", "Origin: null", "Origin: http://[", "Host: other",
        "Forwarded: for=\"[", "X-HTTP-Method-Override: DELETE", "Bad Header: x", "NoColon", ": empty", "X-Nul: \0", "X-Long: {long}", "traceparent: 00-zz", "Date: never", "TE: trailers", "Trailer: Content-Length",
    ];

    private static readonly string[] OddQueries =
    [
        "?", "??", "?&&&", "?=", "?key", "?key=", "?key=&key=", "?%", "?%zz", "?%00=%00", "?a=%ff%fe", "?alt=", "?alt=sse", "?alt=SSE&alt=json", "?alt[]=sse", "?pageSize=-1", "?pageSize=1e9&pageToken=%00",
        "?pageToken=zzz", "?pageSize=99999999999999999999", "?$alt=sse", "?page=0&limit=99999", "?page=-1", "?state=nobody", "?a=b#c", "?x={long}", "?key=%61%62", "?%6bey=x", "?;a=b", "?a=[]{}|^`\"<>",
    ];

    private static readonly string[] OddPaths =
    [
        "{p}/", "{p}//", "/{p}", "{p}%20", "{p}%00", "{p}%0d%0aX:1", "{p}/..", "{p}/../..", "{p}/%2e%2e/x", "{p}%2f", "{p}%3Fa=b", "{p}%", "{p}%zz", "{p}%c0%af", "{p}%ff", "{p}%ed%a0%80", "{p}:", "{p}:x:y", "{p}%3Ax",
        "{p};a=b", "{p}\\x", "{p}/x/y/z", "{p}.json", "{p}*", "{p}{long}", "{u}", "/v1beta/models/:generateContent", "/v1beta/models/..:generateContent", "/v1beta/models/a b:generateContent",
        "/v1beta/models/%E6%9D%B1%E4%BA%AC:generateContent", "/v1beta/models/{long}:generateContent", "/v1beta/tunedModels/x:generateContent", "/v1beta/corpora/x:query", "/v1beta/models/a%2Fb%2Fc:generateContent",
        "/v1beta/models/gemini-2.5-flash:", "/v1beta/models/gemini-2.5-flash:no%20such", "/v1beta/models/gemini-2.5-flash%3AgenerateContent", "/v1beta/", "/v1beta", "/v1", "/v1/", "/openai/v1/", "/openai/v1/%2e%2e/models",
        "/openai/v1/..%2f..%2fx", "/v1/models/", "/v1/models/%00", "/v1/models/%2e%2e%2f", "/v1/models/a/b/c", "/gemini/v1beta/x", "/hf/v1/x",
    ];

    private static readonly string[] OddVerbs = ["PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "GET", "POST", "QUERY", "get", "PROPFIND", "X"];

    public BadRequest Next()
    {
        var route = routes[random.Next(routes.Count)];
        return random.Next(10) switch
        {
            0 => OfHeaders(route),
            1 => OfQuery(route),
            2 => OfPath(route),
            3 => Of(route, "verb", Encoding.UTF8.GetBytes(route.Body)) with { Verb = OddVerbs[random.Next(OddVerbs.Length)] },
            _ => route.Body.Length > 0 ? OfBody(route) : OfQuery(route),
        };
    }

    private static BadRequest Of(Route route, string kind, byte[] body) => new(
        route.Dialect, kind, route.Verb, route.Path,
        [$"Authorization: Bearer {(route.Dialect == Dialect.Admin ? ComposedGateway.AdminToken : ComposedGateway.ClientToken)}", "Content-Type: application/json"], body);

    private BadRequest OfBody(Route route)
    {
        var bytes = Encoding.UTF8.GetBytes(route.Body);
        return random.Next(12) switch
        {
            0 => Of(route, "cut", bytes[..random.Next(bytes.Length)]),
            1 => Of(route, "bytes", Scatter(bytes)),
            2 => Of(route, "utf-8", Insert(bytes, OddBytes[random.Next(OddBytes.Length)])),
            3 => Of(route, "bom", random.Next(2) == 0 ? [0xEF, 0xBB, 0xBF, .. bytes] : Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(route.Body)).ToArray()),
            4 => Of(route, "duplicate", Encoding.UTF8.GetBytes(JsonMutation.DuplicateName(random, route.Body))),
            5 => Of(route, "other", Encoding.UTF8.GetBytes(new[] { "", " ", "null", "1", "\"x\"", "[]", "{}", "[{}]", "{}{}", "{},", "NaN", "//", "{\"a\":1,}", route.Body + "x", route.Body + route.Body }[random.Next(15)])),
            6 => Of(route, "deep", Encoding.UTF8.GetBytes(JsonMutation.Deep(random, route.Body))),
            _ => Of(route, "structure", Encoding.UTF8.GetBytes(JsonMutation.Structure(random, route.Body))),
        };
    }

    private BadRequest OfHeaders(Route route)
    {
        var request = Of(route, "header", Encoding.UTF8.GetBytes(route.Body));
        switch (random.Next(4))
        {
            case 0:
                return request with { Kind = "type", Headers = [request.Headers[0], $"Content-Type: {OddTypes[random.Next(OddTypes.Length)]}"], IsBelowHttp = true };
            case 1 when route.Body.Length > 0:
                return request with { Kind = "missing bytes", Missing = random.Next(1, 100), IsBelowHttp = true };
            default:
                var header = Long(OddHeaders[random.Next(OddHeaders.Length)]);

                // A second credential beside a good one; elsewhere the odd one stands alone.
                return request with { Headers = [.. request.Headers, header], IsBelowHttp = true };
        }
    }

    private BadRequest OfQuery(Route route) => Of(route, "query", Encoding.UTF8.GetBytes(route.Body)) with
    {
        Target = route.Path.Split('?')[0] + Long(OddQueries[random.Next(OddQueries.Length)]), IsBelowHttp = true,
    };

    private BadRequest OfPath(Route route)
    {
        var path = route.Path.Split('?')[0];
        var odd = OddPaths[random.Next(OddPaths.Length)].Replace("{u}", path.ToUpperInvariant(), StringComparison.Ordinal).Replace("{p}", path, StringComparison.Ordinal);
        return Of(route, "path", Encoding.UTF8.GetBytes(route.Body)) with { Target = Long(odd), IsBelowHttp = true };
    }

    // Below and above what the server takes for a line.
    private string Long(string text) => text.Replace("{long}", new string('x', random.Next(2) == 0 ? 4_000 : 40_000), StringComparison.Ordinal);

    private byte[] Scatter(byte[] bytes)
    {
        for (var count = random.Next(1, 5); count > 0; count--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }

    private byte[] Insert(byte[] bytes, byte[] odd)
    {
        var at = random.Next(bytes.Length);
        return [.. bytes[..at], .. odd, .. bytes[at..]];
    }
}
