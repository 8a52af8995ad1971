using System.Text;

namespace GeminiBalance.FakeGemini;

/// <summary>A request as it arrived.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Target">Path and query, undecoded.</param>
/// <param name="Headers">By lower-case name; several values are joined by a comma and a space.</param>
/// <param name="Key">The credential it carried, empty without one.</param>
/// <param name="At">When its body had arrived, on the fake's clock.</param>
public sealed record RecordedRequest(
    long Number, string Method, string Target, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body, string Key, DateTimeOffset At)
{
    public string Path => Target.Split('?')[0];

    public string Query => Target.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? Target[(mark + 1)..] : "";

    public string BodyText => Encoding.UTF8.GetString(Body.Span);
}
