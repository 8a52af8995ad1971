using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.ResponsesApi;

/// <summary>What has been read so far of a request for a response.</summary>
internal sealed class ResponsesDraft
{
    public ChatDraft Chat { get; } = new();

    public List<InputItem>? Input { get; set; }

    public string? Instructions { get; set; }

    public string? PreviousResponseId { get; set; }

    public bool Store { get; set; } = true;

    public bool Background { get; set; }

    public List<string>? Include { get; set; }

    public string? Summary { get; set; }

    public RawJson? Tools { get; set; }

    public RawJson? ToolChoice { get; set; }

    public RawJson? Text { get; set; }

    public RawJson? Metadata { get; set; }

    public string? User { get; set; }

    public ResponsesRequest Finish()
    {
        // Thoughts are shown to whom asks for a summary of them.
        Chat.Reasoning.Exclude = Summary is null;
        var include = new HashSet<string>(Include ?? [], StringComparer.Ordinal);
        Chat.Logprobs = include.Contains("message.output_text.logprobs") || Chat.TopLogprobs > 0;
        return new ResponsesRequest
        {
            Model = Chat.Model!,
            Input = Input ?? [],
            Instructions = Instructions,
            PreviousResponseId = PreviousResponseId,
            Stream = Chat.Stream,
            Store = Store,
            Background = Background,
            Include = include,
            Summary = Summary,
            Tools = Tools,
            ToolChoice = ToolChoice,
            Text = Text,
            Metadata = Metadata,
            User = User,
            Draft = Chat,
        };
    }
}
