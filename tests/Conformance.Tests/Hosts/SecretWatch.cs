using System.Text;

namespace GeminiBalance.Conformance.Tests.Hosts;

/// <summary>Everything that left the gateway towards clients, and the secrets that must not be in it.</summary>
internal sealed class SecretWatch
{
    private const int ContextChars = 200;
    private readonly Lock gate = new();
    private readonly List<MemoryStream> received = [];
    private readonly List<(string Name, string Value)> secrets = [];

    /// <summary>Bytes of all answers, headers included.</summary>
    public long BytesReceived
    {
        get
        {
            lock (gate)
            {
                return received.Sum(stream => stream.Length);
            }
        }
    }

    public void Add(string name, string value)
    {
        lock (gate)
        {
            secrets.Add((name, value));
        }
    }

    public void Forget(string name)
    {
        lock (gate)
        {
            secrets.RemoveAll(secret => secret.Name == name);
        }
    }

    /// <summary>What keeps the bytes of one connection, in order.</summary>
    public Action<ReadOnlySpan<byte>> NewConnection()
    {
        var stream = new MemoryStream();
        lock (gate)
        {
            received.Add(stream);
        }

        return bytes =>
        {
            lock (gate)
            {
                stream.Write(bytes);
            }
        };
    }

    /// <summary>The names of secrets in a text, each with what surrounds it.</summary>
    public IReadOnlyList<string> FindIn(string text)
    {
        lock (gate)
        {
            return
            [
                .. from secret in secrets
                   let at = text.IndexOf(secret.Value, StringComparison.Ordinal)
                   where at >= 0
                   select $"{secret.Name} in: {text[Math.Max(0, at - ContextChars)..Math.Min(text.Length, at + ContextChars)]}",
            ];
        }
    }

    public IReadOnlyList<string> FindInAnswers()
    {
        string[] texts;
        lock (gate)
        {
            texts = [.. received.Select(stream => Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length))];
        }

        return [.. texts.SelectMany(FindIn)];
    }
}
