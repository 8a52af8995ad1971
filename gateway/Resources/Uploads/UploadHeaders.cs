namespace GeminiBalance.Gateway.Resources;

/// <summary>The headers of the upstream's two protocols for uploads in several requests, and of its form in one.</summary>
/// <remarks>https://ai.google.dev/gemini-api/docs/files shows the first; the second is that of Google's older client libraries.</remarks>
internal static class UploadHeaders
{
    public const string Command = "X-Goog-Upload-Command";
    public const string Protocol = "X-Goog-Upload-Protocol";
    public const string Status = "X-Goog-Upload-Status";
    private const string Prefix = "X-Goog-Upload-";
    private const string ControlAddress = "X-Goog-Upload-Control-URL";
    private const string Address = "X-Goog-Upload-URL";
    private const string Location = "Location";

    /// <summary>What goes upstream.</summary>
    public static IReadOnlyList<string> ToUpstream { get; } = [Prefix, "X-Upload-Content-", "Content-Range"];

    /// <summary>Whether the request only begins an upload whose bytes come in others.</summary>
    public static bool IsStart(HttpRequest request)
    {
        var command = request.Headers[Command].ToString();
        var protocol = request.Headers[Protocol].ToString();
        return command.Contains("upload", StringComparison.OrdinalIgnoreCase) ? false
            : command.Contains("start", StringComparison.OrdinalIgnoreCase)
            || protocol.Equals("resumable", StringComparison.OrdinalIgnoreCase)
            || request.Query["uploadType"] == "resumable";
    }

    /// <summary>The address that the upstream gives for the bytes; null when it gives none.</summary>
    public static Uri? AddressIn(HttpResponseMessage answer, Uri asked)
    {
        foreach (var name in (ReadOnlySpan<string>)[Address, Location])
        {
            if (answer.Headers.NonValidated.TryGetValues(name, out var values) && Uri.TryCreate(asked, values.ToString(), out var address))
            {
                return address;
            }
        }

        return null;
    }

    /// <summary>Copies what the upstream says of the upload; its addresses are replaced by ours, or left out.</summary>
    public static void Copy(HttpResponseMessage answer, HttpResponse response, string? address)
    {
        foreach (var (name, values) in answer.Headers.NonValidated)
        {
            var isAddress = name.Equals(Address, StringComparison.OrdinalIgnoreCase) || name.Equals(ControlAddress, StringComparison.OrdinalIgnoreCase)
                || name.Equals(Location, StringComparison.OrdinalIgnoreCase);
            if (isAddress ? address is not null : name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || name.Equals("Range", StringComparison.OrdinalIgnoreCase))
            {
                response.Headers[name] = isAddress ? address : values.ToString();
            }
        }
    }
}
