using System.Text;

namespace GeminiBalance.Gateway.Tests.Streaming;

/// <summary>An answer that is read as it comes.</summary>
internal sealed class StreamReading(HttpResponseMessage response, Stream stream) : IAsyncDisposable
{
    private readonly byte[] buffer = new byte[4096];
    private readonly MemoryStream seen = new();

    public HttpResponseMessage Response => response;

    /// <summary>What has come so far.</summary>
    public string Text => Encoding.UTF8.GetString(seen.GetBuffer(), 0, (int)seen.Length);

    /// <summary>Whether the connection was closed without an end mark.</summary>
    public bool IsAborted { get; private set; }

    public static async Task<StreamReading> StartAsync(HttpClient client, string path, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body) };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new StreamReading(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>Reads until this text has come.</summary>
    public async Task<string> UntilAsync(string text)
    {
        while (!Text.Contains(text, StringComparison.Ordinal))
        {
            var count = await stream.ReadAsync(buffer);
            Assert.True(count > 0, $"The answer ended without \"{text}\": {Text}");
            seen.Write(buffer, 0, count);
        }

        return Text;
    }

    /// <summary>Reads to the end or the break.</summary>
    public async Task<string> ToEndAsync()
    {
        try
        {
            await stream.CopyToAsync(seen);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            IsAborted = true;
        }

        return Text;
    }

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        response.Dispose();
    }
}
