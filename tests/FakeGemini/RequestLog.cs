namespace GeminiBalance.FakeGemini;

/// <summary>The latest requests, bounded in number and bytes.</summary>
internal sealed class RequestLog(FakeGeminiOptions options)
{
    private readonly Lock gate = new();
    private readonly Queue<RecordedRequest> requests = new();
    private long bytes;
    private long last;

    public bool IsOn => options.RecordedRequestsMax > 0;

    public void Add(FakeCall call, DateTimeOffset now)
    {
        var request = call.Context.Request;
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Headers)
        {
            headers[name.ToLowerInvariant()] = string.Join(", ", values.ToArray());
        }

        var target = call.Context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
        lock (gate)
        {
            requests.Enqueue(new RecordedRequest(++last, request.Method, target, headers, call.Body, call.Key, now));
            bytes += call.Body.Length;
            while (requests.Count > options.RecordedRequestsMax || (bytes > options.RecordedBytesMax && requests.Count > 1))
            {
                bytes -= requests.Dequeue().Body.Length;
            }
        }
    }

    public IReadOnlyList<RecordedRequest> Snapshot()
    {
        lock (gate)
        {
            return [.. requests];
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            requests.Clear();
            (bytes, last) = (0, 0);
        }
    }
}
