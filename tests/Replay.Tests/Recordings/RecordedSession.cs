namespace GeminiBalance.Replay.Tests.Recordings;

/// <summary>One recorded session of the Live API.</summary>
/// <param name="Messages">In order: from the client (or not), and the message.</param>
internal sealed record RecordedSession(string Project, string File, IReadOnlyList<(bool IsClients, byte[] Bytes)> Messages)
{
    /// <summary>As the server saw it: it answers the setup at once, whatever a client has sent meanwhile.</summary>
    public IEnumerable<(bool IsClients, byte[] Bytes)> ByServer
    {
        get
        {
            var answer = Messages.Index().FirstOrDefault(message => !message.Item.IsClients);
            return Messages.Take(1).Concat(answer.Index > 0 ? [answer.Item] : []).Concat(Messages.Index().Skip(1).Where(message => message.Index != answer.Index).Select(message => message.Item));
        }
    }

    public override string ToString() => $"{Project}/{File}";
}
