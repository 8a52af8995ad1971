using GeminiBalance.Replay.Tests.Recordings;

namespace GeminiBalance.Replay.Tests.Hosts;

/// <summary>Recorded uploads go in two steps: the second goes where the answer to the first said, which is the gateway now.</summary>
internal sealed class Uploads
{
    private readonly Dictionary<string, Uri> continuations = [];

    /// <summary>Where an exchange goes at the gateway.</summary>
    public Uri AddressOf(RecordedExchange exchange) =>
        continuations.GetValueOrDefault(exchange.Address.AbsoluteUri, new Uri(exchange.Address.PathAndQuery, UriKind.Relative));

    /// <summary>Adds the headers of a client that the recorder has taken out.</summary>
    public void Prepare(HttpRequestMessage request, RecordedExchange exchange)
    {
        if (exchange.Answer!.UploadHeaders.Count > 0)
        {
            var isSecond = continuations.ContainsKey(exchange.Address.AbsoluteUri);
            request.Headers.Add("X-Goog-Upload-Protocol", "resumable");
            request.Headers.Add("X-Goog-Upload-Command", isSecond ? "upload, finalize" : "start");
            if (isSecond)
            {
                request.Headers.Add("X-Goog-Upload-Offset", "0");
            }
        }
    }

    /// <summary>Follows the gateway's answer as the client followed Google's.</summary>
    public void Follow(RecordedExchange exchange, HttpResponseMessage response)
    {
        foreach (var (name, recorded) in exchange.Answer!.UploadHeaders)
        {
            var value = Assert.Single(response.Headers.GetValues(name));
            if (name.Equals("x-goog-upload-url", StringComparison.OrdinalIgnoreCase))
            {
                continuations[new Uri(recorded).AbsoluteUri] = new Uri(value);
            }
            else
            {
                Assert.Equal(recorded, value);
            }
        }
    }
}
