using System;
using System.Globalization;
using System.Text;
using InstagramMessaging.Core.Graph;
using InstagramMessaging.Core.Media;
using InstagramMessaging.Core.Messages;
using InstagramMessaging.Core.Sending;

namespace InstagramMessaging.Core.Tests.Simulation;

/// <summary>What Graph answers to a row whenever it has nothing else to say.</summary>
internal enum Disposition
{
    Welcome,
    WindowClosed,
    RecipientNotFound,
    ContentRefused,
}

/// <summary>One row of the input, the same in every process of its world, and what the world knows of it.</summary>
internal sealed class SimRow
{
    private const string Name = "row-";

    /// <summary>Rows that send the same file share its upload; rows that send another must not get its id.</summary>
    private const int Films = 3;

    public SimRow(int index, string recipient, Disposition disposition, Dice dice)
    {
        Index = index;
        Disposition = disposition;

        // In a reaction the message says which row it is, in all others the tag: a request is known by its bytes alone.
        string name = string.Create(CultureInfo.InvariantCulture, $"{Name}{index}.");
        Payload payload = dice.Weighed([80, 8, 6, 6]) switch
        {
            0 => new TextPayload(name, name.Length, IsLink: false),
            1 => new ReactionPayload(name, "love"),
            2 => new MediaIdPayload("7", IgMediaType.Video),
            _ => new MediaFilePayload(Film(dice.Between(1, Films)), IsDirect: false),
        };
        Request = new SendRequest(recipient, payload, new Envelope(Tag: name));
        IsRepeatable = payload is ReactionPayload;

        // A stand-in for the content: there is no film.mp4 whose bytes could be hashed.
        SendRequest content = Request with { Payload = new TextPayload(name, name.Length, IsLink: false) };
        Key = new RunKeys(allowDuplicate: false).Add(new ContentHash().Of(SimProcess.Account, content), dice.Chance(0.5) ? "order " + name : null);
    }

    public int Index { get; }

    public SendRequest Request { get; }

    public string Key { get; }

    public Disposition Disposition { get; }

    /// <summary>Whether it does no harm twice.</summary>
    public bool IsRepeatable { get; }

    /// <summary>How often Graph did what it says.</summary>
    public int Accepted { get; set; }

    /// <summary>How often -ResendUnknown took it although it may have been delivered.</summary>
    public int Resent { get; set; }

    /// <summary>Whether a request of it, in any process, was answered in a way that leaves its end open.</summary>
    public bool WasInDoubt { get; set; }

    /// <summary>How it ended in the last process that said so.</summary>
    public IgSendStatus? Status { get; set; }

    private static MediaFile Film(int number) =>
        new("film.mp4", 1, default, number.ToString(CultureInfo.InvariantCulture), MediaFormats.OfName("mp4")!, IgMediaType.Video);

    /// <summary>The number of the row that a request belongs to; -1 for an upload.</summary>
    public static int IndexOf(GraphRequest request)
    {
        if (request.Edge != GraphRequest.Messages)
            return -1;
        using System.Net.Http.HttpContent content = request.MakeContent();
        Span<byte> body = stackalloc byte[512];
        body = body[..content.ReadAsStream().Read(body)];
        ReadOnlySpan<byte> rest = body[(body.IndexOf("row-"u8) + Name.Length)..];
        return int.Parse(Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)'.')]), CultureInfo.InvariantCulture);
    }
}
